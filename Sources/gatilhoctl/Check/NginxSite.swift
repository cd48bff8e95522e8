/// A location of nginx's that hands webhooks to gatilho, and what of the rest bears on it.
struct NginxSite {
  private typealias Directive = NginxConfiguration.Directive

  /// The blocks around it, from the outermost to its own.
  private let blocks: [[Directive]]

  static func all(in configuration: NginxConfiguration) -> [NginxSite] {
    sites(in: [configuration.directives])
  }

  private static func sites(in blocks: [[Directive]]) -> [NginxSite] {
    guard let own = blocks.last else { return [] }
    let isOurs = own.contains {
      $0.name == "fastcgi_param" && $0.arguments.first == "GATILHO_RECEIVED_AT"
    }
    return (isOurs ? [NginxSite(blocks: blocks)] : [])
      + own.filter { !$0.block.isEmpty }.flatMap { sites(in: blocks + [$0.block]) }
  }

  /// The file that its lines are written to, with the project's format.
  var log: String? {
    nearest("access_log").first { $0.arguments.dropFirst().first == "gatilho" }?.arguments.first
  }

  /// Whether nginx is told whose word on the client's address counts.
  var knowsClients: Bool { !nearest("set_real_ip_from").isEmpty }

  /// Whether nginx ends TLS itself, so that nobody needs to stand in front of it.
  var endsTLS: Bool {
    nearest("listen").contains { $0.arguments.contains("ssl") || $0.arguments.contains("quic") }
  }

  /// How many connections a process of nginx's takes (ngx_core_module: 512 unless told).
  var connections: Int {
    let events = blocks[0].first { $0.name == "events" }?.block ?? []
    let told = events.last { $0.name == "worker_connections" }?.arguments.first
    return told.flatMap { Int($0) } ?? 512
  }

  /// The directives of a name that count here: those of the innermost block that has any.
  private func nearest(_ name: String) -> [Directive] {
    blocks.reversed().lazy.map { $0.filter { $0.name == name } }.first { !$0.isEmpty } ?? []
  }

  private var all: [Directive] { blocks.flatMap(\.self) }

  struct Limit {
    /// As it stands in the file: `limit_req zone=gatilho`.
    let words: String
    /// Whether each address has an allowance of its own.
    let isByAddress: Bool
    /// Whether each secret has, so that nobody uses up another's.
    let isBySecret: Bool
  }

  var limits: [Limit] {
    ["limit_req", "limit_conn"].flatMap { name in
      nearest(name).compactMap { directive in
        guard let zone = directive.arguments.first else { return nil }
        let definition = all.first {
          $0.name == name + "_zone"
            && $0.arguments.contains { $0.hasPrefix("zone=\(Self.name(zone)):") }
        }
        guard let key = definition?.arguments.first else { return nil }
        let variables = variables(of: [key])
        return Limit(
          words: "\(name) \(zone)",
          isByAddress: variables.contains { $0.hasSuffix("remote_addr") },
          isBySecret: variables.contains("http_authorization"))
      }
    }
  }

  private static func name(_ zone: String) -> Substring {
    zone.hasPrefix("zone=") ? zone.dropFirst(5) : zone[...]
  }

  /// The variables that texts name, and those from which they are made by maps.
  private func variables(of texts: [String]) -> Set<String> {
    var found: Set<String> = []
    var rest = texts.flatMap(Self.names)
    while let name = rest.popLast() {
      guard found.insert(name).inserted else { continue }
      for map in all where map.name == "map" && map.arguments.last == "$" + name {
        let values = map.block.compactMap(\.arguments.first)
        rest += (map.arguments.dropLast() + values).flatMap(Self.names)
      }
    }
    return found
  }

  private static func names(in text: String) -> [String] {
    text.split(separator: "$", omittingEmptySubsequences: false).dropFirst().map {
      String($0.drop { $0 == "{" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }

  /// The addresses that the allow-list lets in, besides this host; nil when it is off.
  var allowed: [String]? {
    let refuses = nearest("if").contains {
      $0.arguments.joined() == "($gatilho_known=0)" && $0.block.contains { $0.name == "return" }
    }
    guard refuses else { return nil }
    let lists = all.filter {
      $0.name == "geo" && ["$gatilho_listed", "$gatilho_known"].contains($0.arguments.last)
    }
    return lists.flatMap(\.block).filter { $0.arguments == ["1"] }.map(\.name)
      .filter { !$0.hasPrefix("127.") && !$0.hasPrefix("::1") }
  }

  /// The addresses that Gupy's documentation names, as the project's own file has them.
  static var gupys: [String] {
    NginxFile.http.text.matches(of: /# ([0-9.]+) 1;/).map { String($0.1) }
  }

  /// Whether addresses of IPv4 as nginx's `geo` has them, one or `192.0.2.0/24`, hold this one.
  static func range(_ range: String, holds address: String) -> Bool {
    let parts = range.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let network = number(of: parts[0]),
      let bits = parts.count == 2 ? Int(parts[1]) : 32, 0...32 ~= bits,
      let address = number(of: address[...])
    else { return false }
    return address >> (32 - bits) == network >> (32 - bits)
  }

  private static func number(of address: Substring) -> UInt32? {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { UInt8($0) }
    guard parts.count == 4, bytes.count == 4 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
