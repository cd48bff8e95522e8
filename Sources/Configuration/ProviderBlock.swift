import Gupy
import JSON
import Messaging

/// The configuration's `provider`: a profile, and this customer's settings and secrets for it.
package struct ProviderBlock {
  package let provider: Provider
  package let whenUnconfirmed: Configuration.WhenUnconfirmed
  /// The files that were read: the profile, secrets, the authorities.
  let files: [FileIdentity]

  /// Reads the block, the profile that it names, and its secrets.
  package init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    let members = try reader.members([
      "profile", "whenUnconfirmed", "settings", "baseURL", "caFile",
    ])
    whenUnconfirmed = try members["whenUnconfirmed"]?.choice() ?? .hold
    let (profile, file) = try members.required("profile").profile()
    let settings = try Settings(members["settings"], reader, profile, environment)
    let caFile = try members["caFile"]?.readableFile()
    let baseURL = try members["baseURL"]?.string()
    do {
      provider = try Provider(profile, values: settings.values, baseURL: baseURL, caFile: caFile)
    } catch {
      throw reader.error("the base address needs \(error.names.joined(separator: ", "))")
    }
    try (members["baseURL"] ?? reader).expectSafe(
      base: provider.baseURL, mayAsk: profile.takesWholeAddress)
    files = settings.files + [file, caFile.map { FileIdentity($0) }].compactMap(\.self)
  }
}

/// Settings and secrets by name, with nothing missing that the profile requires.
private struct Settings {
  private(set) var values: [String: JSONValue] = [:]
  private(set) var files: [FileIdentity] = []

  /// Reads the settings that the profile knows.
  package init(
    _ settings: StrictReader?, _ provider: StrictReader, _ profile: ProviderProfile,
    _ environment: [String: String]
  ) throws(DocumentError) {
    let known = profile.settings.merging(profile.secrets) { $1 }
    _ = try settings?.members(Array(known.keys))
    for (name, reader) in try settings?.entries() ?? [] {
      guard profile.secrets[name] != nil else {
        values[name] = try reader.setting(name, of: profile)
        continue
      }
      let source = try SecretSource(reader, environment)
      if case .file(let path) = source { files.append(FileIdentity(path)) }
      values[name] = .string(try source.resolve(reader, environment: environment))
    }
    for (name, about) in known.sorted(by: { $0.key < $1.key }) {
      guard values[name] == nil, profile.required.contains(name) else { continue }
      throw provider.error("settings.\(name) is missing: \(about)")
    }
  }
}

extension StrictReader {
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

  fileprivate func readableFile() throws(DocumentError) -> String {
    let path = try string()
    _ = try contents(of: path)
    return path
  }
}

extension ProviderProfile {
  /// A profile that comes with gatilho; nil when none has this name.
  package init?(builtIn name: String) throws(DocumentError) {
    guard let bytes = Self.builtIn[name] else { return nil }
    let reader = try StrictReader(json5: bytes, file: "\(name).json")
    try self.init(reader, name: name, paths: EventPath.names)
  }
}

extension ProviderProfile {
  /// A customer's own profile.
  package init(file: String) throws(DocumentError) {
    let reader = try StrictReader(json5File: file)
    try self.init(reader, name: file, paths: EventPath.names)
  }
}

extension EventPath {
  /// The names that placeholders may use.
  fileprivate static var names: Set<String> { Set(allCases.map(\.rawValue)) }
}
