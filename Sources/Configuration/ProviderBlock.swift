import Gupy
import HTTPClient
import JSON
import Messaging

/// The configuration's `provider`: a profile, and this customer's settings and secrets for it.
package struct ProviderBlock {
  package let provider: Provider
  let whenUnconfirmed: Configuration.WhenUnconfirmed
  /// The files that were read: the profile, secrets, the authorities.
  let files: [FileIdentity]
  let secrets: [Secret]

  /// Reads the block, the profile that it names, and its settings and secrets: nothing that the profile
  /// requires is missing.
  package init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    let members = try reader.members([
      "profile", "whenUnconfirmed", "settings", "baseURL", "caFile",
    ])
    whenUnconfirmed = try members["whenUnconfirmed"]?.choice() ?? .hold
    let (profile, file) = try members.required("profile").profile()
    var (values, secrets) = ([String: JSONValue](), [Secret]())
    let known = profile.settings.merging(profile.secrets) { $1 }
    _ = try members["settings"]?.members(Array(known.keys))
    for (name, setting) in try members["settings"]?.entries() ?? [] {
      if profile.secrets[name] == nil {
        values[name] = try setting.setting(name, of: profile)
      } else {
        secrets.append(try Secret(setting, environment))
        values[name] = secrets.last.map { .string($0.value) }
      }
    }
    let missing = profile.required.intersection(known.keys).filter { values[$0] == nil }.min()
    if let missing { throw reader.error("settings.\(missing) is missing: \(known[missing] ?? "")") }
    let caFile = try members["caFile"]?.string()
    if let caFile { _ = try members["caFile"]?.contents(of: caFile) }
    let baseURL = try members["baseURL"]?.string()
    do {
      provider = try Provider(profile, values: values, baseURL: baseURL, caFile: caFile)
    } catch {
      throw reader.error("the base address needs \(error.names.joined(separator: ", "))")
    }
    try (members["baseURL"] ?? reader).expectSafe(
      base: provider.baseURL, mayAsk: profile.takesWholeAddress)
    self.secrets = secrets
    files = secrets.compactMap(\.file) + [file, caFile.map { FileIdentity($0) }].compactMap(\.self)
  }
}

extension StrictReader {
  /// Refuses the base of an API's addresses that this place brings unless keys and candidates can
  /// travel there: `https://host…`, or plain `http` to this machine only.
  ///
  /// - Parameter mayAsk: whether a query is allowed, because nothing is put behind the address.
  func expectSafe(base: String, mayAsk: Bool = false) throws(DocumentError) {
    guard let address = Address(base), address.user == nil, mayAsk || address.query == nil,
      address.fragment == nil,
      address.scheme == "https" || address.scheme == "http" && address.isLoopback
    else {
      throw error(
        "expected \"https://host…\" without user, query or fragment (\"http://\" only to loopback)")
    }
  }

  /// A setting of a profile, as its type says; what a person has still to write is left to `check`,
  /// which names it.
  package func setting(_ name: String, of profile: ProviderProfile) throws(DocumentError)
    -> JSONValue
  {
    guard let type = profile.types[name], value != .string(Site.placeholder) else {
      return try scalar()
    }
    return try type.value(self)
  }

  /// A built-in profile by name, or a customer's own by its path, with the file to watch.
  fileprivate func profile() throws(DocumentError) -> (ProviderProfile, file: FileIdentity?) {
    let name = try string()
    guard name.hasPrefix("/") else {
      guard let profile = try ProviderProfile(builtIn: name) else {
        let known = ProviderProfile.builtIn.keys.sorted().joined(separator: ", ")
        throw error("no profile \"\(name)\"; known: \(known), or the path of your own: \"/etc/…\"")
      }
      return (profile, nil)
    }
    let file = FileIdentity(name)
    return (try ProviderProfile(file: name), file)
  }
}

extension ProviderProfile {
  /// A profile that comes with gatilho; nil when none has this name.
  package init?(builtIn name: String) throws(DocumentError) {
    guard let bytes = Self.builtIn[name] else { return nil }
    try self.init(
      StrictReader(json5: bytes, file: "\(name).json"), name: name, paths: EventPath.names)
  }

  /// A customer's own profile.
  package init(file: String) throws(DocumentError) {
    try self.init(StrictReader(json5File: file), name: file, paths: EventPath.names)
  }
}

extension EventPath {
  /// The names that placeholders may use.
  fileprivate static var names: Set<String> { Set(allCases.map(\.rawValue)) }
}
