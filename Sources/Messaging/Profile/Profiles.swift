extension ProviderProfile {
  /// The profiles that come with gatilho: file name without `.json` → the file's bytes.
  package static let builtIn: [String: [UInt8]] = [
    "blip-campaign": PackageResources.blip_campaign_json,
    "blip-template": PackageResources.blip_template_json,
    "callbell": PackageResources.callbell_json,
    "gupshup": PackageResources.gupshup_json,
    "infobip-flow": PackageResources.infobip_flow_json,
    "infobip-whatsapp": PackageResources.infobip_whatsapp_json,
    "meta-whatsapp": PackageResources.meta_whatsapp_json,
    "twilio-whatsapp": PackageResources.twilio_whatsapp_json,
    "wati": PackageResources.wati_json,
    "webhook": PackageResources.webhook_json,
    "zenvia-flow": PackageResources.zenvia_flow_json,
    "zenvia-whatsapp": PackageResources.zenvia_whatsapp_json,
  ]
}
