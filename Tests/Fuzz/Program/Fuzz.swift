import FoundationEssentials
import FuzzInputs

/// What `GATILHO_FUZZ` names is read.
private let input = ProcessInfo.processInfo.environment["GATILHO_FUZZ"].flatMap(Input.init)
private let readers = Result { try Readers() }

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
