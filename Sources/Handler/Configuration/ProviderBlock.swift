import FoundationEssentials
import Glibc
import Gupy
import HTTPClient
import Messaging

/// The configuration's `provider`: a profile, and this customer's settings and secrets for it.
struct ProviderBlock {
  let provider: Provider
  /// The files that were read: the profile, secrets, the authorities.
  let files: [String]

  init(_ reader: StrictReader, _ environment: [String: String]) throws(DocumentError) {
    let members = try reader.object([
      "profile", "whenUnconfirmed", "settings", "baseURL", "caFile",
    ])
    _ = try members["whenUnconfirmed"]?.choice(Configuration.WhenUnconfirmed.self)
    let (profile, file) = try reader.required("profile", of: members).profile()
    let settings = try Settings(members["settings"], reader, profile, environment)
    let caFile = try members["caFile"]?.readableFile()
    let baseURL = try members["baseURL"]?.string()
    do {
      provider = try Provider(profile, values: settings.values, baseURL: baseURL, caFile: caFile)
    } catch {
      throw reader.error("the base address needs \(error.names.joined(separator: ", "))")
    }
    guard isSafe(provider.baseURL) else {
      throw (members["baseURL"] ?? reader).error(
        "\(provider.baseURL): expected \"https://…\" (\"http://\" only to a loopback address)")
    }
    files = settings.files + [file, caFile].compactMap(\.self)
  }
}

/// Settings and secrets by name, with nothing missing that the profile requires.
private struct Settings {
  private(set) var values: [String: JSONValue] = [:]
  private(set) var files: [String] = []

  init(
    _ settings: StrictReader?, _ provider: StrictReader, _ profile: ProviderProfile,
    _ environment: [String: String]
  ) throws(DocumentError) {
    let known = profile.settings.merging(profile.secrets) { $1 }
    for (name, reader) in try settings?.object(Array(known.keys)) ?? [:] {
      guard profile.secrets[name] != nil else {
        values[name] = try reader.scalar()
        continue
      }
      let source = try SecretSource(reader)
      values[name] = .string(try source.resolve(reader, environment: environment))
      if case .file(let path) = source { files.append(path) }
    }
    for (name, about) in known.sorted(by: { $0.key < $1.key }) {
      guard values[name] == nil, profile.required.contains(name) else { continue }
      throw provider.error("settings.\(name) is missing: \(about)")
    }
  }
}

extension StrictReader {
  /// A built-in profile by name, or a customer's own by its path, with the file to watch.
  fileprivate func profile() throws(DocumentError) -> (ProviderProfile, file: String?) {
    let name = try string()
    if name.hasPrefix("/") {
      let reader = try StrictReader(json5: contents(of: name, self), file: name)
      return (try ProviderProfile(reader, name: name, paths: EventPath.names), name)
    }
    guard ProviderProfile.builtIn[name] != nil else {
      let known = ProviderProfile.builtIn.keys.sorted().joined(separator: ", ")
      throw error("no profile \"\(name)\"; known: \(known), or the path of your own: \"/etc/…\"")
    }
    return (try ProviderProfile(builtIn: name), nil)
  }

  fileprivate func readableFile() throws(DocumentError) -> String {
    let path = try string()
    _ = try contents(of: path, self)
    return path
  }

  /// An absolute path of a folder that exists.
  func folder() throws(DocumentError) -> String {
    let path = try string()
    var info = stat()
    guard path.hasPrefix("/") else { throw error("expected an absolute path") }
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
      throw error("\(path) is no folder: make it, for the user that runs gatilho alone (mode 0700)")
    }
    return path
  }

  /// The value of a setting: a string, a number, true or false.
  func scalar() throws(DocumentError) -> JSONValue {
    guard let text = value.text, !text.isEmpty else {
      throw error("expected a string, a number, true or false")
    }
    return value
  }
}

extension ProviderProfile {
  /// A profile that comes with gatilho, by its name.
  package init(builtIn name: String) throws(DocumentError) {
    let reader = try StrictReader(json5: Self.builtIn[name] ?? [], file: "\(name).json")
    try self.init(reader, name: name, paths: EventPath.names)
  }
}

extension EventPath {
  /// The names that placeholders may use.
  fileprivate static var names: Set<String> { Set(allCases.map(\.rawValue)) }
}

/// `https://host…`, or plain `http` to this machine only: keys and candidates travel on it.
private func isSafe(_ base: String) -> Bool {
  guard let url = URL(string: base), let host = url.host(), !host.isEmpty else { return false }
  return url.scheme == "https" || url.scheme == "http" && isLoopback(host)
}

private func isLoopback(_ host: String) -> Bool {
  var address = in_addr()
  let isIPv4 = inet_pton(AF_INET, host, &address) == 1
  return isIPv4 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    || ["localhost", "::1", "[::1]"].contains(host)
}
