import Glibc

/// A new file without a name that holds some bytes, to be a process's standard input.
///
/// swift-subprocess ends this process when another one ends before it has taken what it is written.
///
/// - Returns: the descriptor, at the first byte.
package func inputFile(_ bytes: [UInt8]) -> Int32 {
  var path = Array("/tmp/gatilho-input-XXXXXX".utf8CString)
  let descriptor = mkostemp(&path, O_CLOEXEC)
  unlink(path)
  let count = write(descriptor, bytes, bytes.count)
  precondition(count == bytes.count && lseek(descriptor, 0, SEEK_SET) == 0, "cannot write to /tmp")
  return descriptor
}
