/// Which gatilho this is.
package enum Version {
  /// As the package is numbered.
  package static let number = "0.1.0"

  /// The Swift that built it.
  package static var swift: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }
}
