import ArgumentParser
import Glibc
import GupyAPI
import Handler
import JSON

/// Whether Gupy can post to the configuration's address, and candidates' data may go there.
struct AddressCheck {
  /// The configuration file.
  let file: String
  /// Whether the host is looked up.
  var looksUp = false
  /// The option that leaves it out, for an error's advice; empty where the command has none.
  var skipOption = ""

  /// - Throws: the reason against the address, or exit status 75 when the resolver does not answer.
  func expectPublic(_ url: String) throws {
    let host: String
    do throws(PublicAddress.Refusal) {
      host = try PublicAddress(url).host
    } catch {
      throw problem(error.description)
    }
    guard looksUp else { return }
    switch HostLookup(host) {
    case .found(let addresses) where addresses.contains(where: \.isPublic): return
    case .found(let addresses):
      let list = addresses.map(\.description).joined(separator: ", ")
      throw problem(
        "\(host) leads to \(list), where Gupy cannot come"
          + advice("; if it leads elsewhere on the Internet, say "))
    case .isUnknown(let reason):
      throw problem(
        "\(host) is not known (\(reason)): make it"
          + advice("; if the Internet knows it, say "))
    case .noAnswer(let reason):
      StandardError.print("\(host) cannot be looked up now (\(reason)): run it again")
      throw ExitCode(EX_TEMPFAIL)
    }
  }

  /// Refuses an address to which no secret may be sent from here: the same, save that only this
  /// side need reach the host.
  func expectOwn(_ url: String) throws(DocumentError) {
    do throws(PublicAddress.Refusal) {
      _ = try PublicAddress(url)
    } catch .notPublic {
      return
    } catch {
      throw problem(error.description)
    }
  }

  private func advice(_ words: String) -> String {
    skipOption.isEmpty ? "" : words + skipOption
  }

  private func problem(_ text: String) -> DocumentError {
    DocumentError(file: file, path: "gupy.url", text)
  }
}
