/// The project's files for nginx, as they come with the programs.
enum NginxFile: String, CaseIterable {
  case http = "gatilho-http.conf"
  case upstream = "gatilho-upstream.conf"
  case location = "gatilho-location.conf"
  case site = "gatilho-site.conf"

  var text: String {
    let bytes =
      switch self {
      case .http: PackageResources.gatilho_http_conf
      case .upstream: PackageResources.gatilho_upstream_conf
      case .location: PackageResources.gatilho_location_conf
      case .site: PackageResources.gatilho_site_conf
      }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where Debian's nginx looks for it.
  var path: String {
    switch self {
    case .http, .upstream: "/etc/nginx/conf.d/" + rawValue
    case .location: "/etc/nginx/snippets/" + rawValue
    case .site: "/etc/nginx/sites-enabled/" + rawValue
    }
  }
}
