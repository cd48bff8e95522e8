import FastCGI
import FoundationEssentials
import FuzzInputs

/// What `GATILHO_FUZZ` names is read.
private let input = ProcessInfo.processInfo.environment["GATILHO_FUZZ"].flatMap(Input.init)
private let readers = Result { try Readers() }

/// Called by libFuzzer first, before it installs handlers of its own where there are none.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  FatalSignals.endTheProcess()
  return 0
}

/// Called by libFuzzer with each input (https://llvm.org/docs/LibFuzzer.html#fuzz-target).
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let input else {
    fatalError("GATILHO_FUZZ is one of \(Input.allCases.map(\.rawValue))")
  }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    _ = try readers.get().read(bytes, as: input)
  } catch {
    fatalError("\(error)")
  }
  return 0
}
