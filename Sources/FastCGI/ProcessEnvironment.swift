import CLinux

/// The variables that this process was started with.
package enum ProcessEnvironment {
  /// By name; of two with one name, the last one counts.
  package static func variables() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = clinux_environ()
    while let text = entry?.pointee.map({ String(cString: $0) }) {
      // A character could be the sign together with what follows it.
      if let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        variables[String(text[..<sign])] = String(text[text.utf8.index(after: sign)...])
      }
      entry = entry?.successor()
    }
    return variables
  }
}

/// A variable of the environment that a server cannot be started with.
package struct EnvironmentError: Error, Equatable, CustomStringConvertible {
  /// The variable's name. Its value is not repeated: it may have been meant for another one.
  let variable: String
  let expected: String

  /// One line for whoever starts the worker.
  package var description: String { "\(variable): expected \(expected)" }
}
