extension ProviderProfile {
  /// The profiles that come with gatilho: file name without `.json` → the file's bytes.
  package static let builtIn: [String: [UInt8]] = [
    // SwiftPM puts an underscore in the place of a digit that cannot begin a name.
    "360dialog": PackageResources._60dialog_json,
    "blip-campaign": PackageResources.blip_campaign_json,
    "blip-template": PackageResources.blip_template_json,
    "callbell": PackageResources.callbell_json,
    "gupshup": PackageResources.gupshup_json,
    "infobip-flow": PackageResources.infobip_flow_json,
    "infobip-sms": PackageResources.infobip_sms_json,
    "infobip-whatsapp": PackageResources.infobip_whatsapp_json,
    "meta-whatsapp": PackageResources.meta_whatsapp_json,
    "twilio-sms": PackageResources.twilio_sms_json,
    "twilio-whatsapp": PackageResources.twilio_whatsapp_json,
    "wati": PackageResources.wati_json,
    "wati-v3": PackageResources.wati_v3_json,
    "webhook": PackageResources.webhook_json,
    "zapi-text": PackageResources.zapi_text_json,
    "zenvia-flow": PackageResources.zenvia_flow_json,
    "zenvia-sms": PackageResources.zenvia_sms_json,
    "zenvia-whatsapp": PackageResources.zenvia_whatsapp_json,
  ]
}
