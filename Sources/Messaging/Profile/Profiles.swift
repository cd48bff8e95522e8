extension ProviderProfile {
  /// The profiles that come with gatilho: file name without `.json` → the file's bytes.
  package static let builtIn: [String: [UInt8]] = [
    "blip-campaign": PackageResources.blip_campaign_json,
    "callbell": PackageResources.callbell_json,
    "infobip-whatsapp": PackageResources.infobip_whatsapp_json,
  ]
}
