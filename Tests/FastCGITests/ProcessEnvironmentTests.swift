import Glibc
import Testing

@testable import FastCGI

struct ProcessEnvironmentTests {
  @Test func `a variable is what stands behind the first equals sign, as its bytes say`() async {
    await #expect(processExitsWith: .success) {
      setenv("GATILHO_A", "b=c", 1)
      setenv("GATILHO_B", "", 1)
      setenv("GATILHO_C", "\u{338}x", 1)
      let variables = ProcessEnvironment.variables()
      #expect(variables["GATILHO_A"] == "b=c")
      #expect(variables["GATILHO_B"] == "")
      #expect(variables["GATILHO_C"] == "\u{338}x")
      #expect(variables["GATILHO_D"] == nil)
      #expect(variables["PATH"] == getenv("PATH").map { String(cString: $0) })
    }
  }
}
