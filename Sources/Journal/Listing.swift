import Glibc

/// What stands in one folder of the state folder, told apart by `Layout`.
package struct Listing {
  /// What is gatilho's, in no order.
  package private(set) var names: [String] = []
  /// What a process may be about to rename, or died with.
  package private(set) var drafts: [String] = []
  /// What is not gatilho's: another name, or a folder in a file's place and the reverse.
  private(set) var strays: [String] = []
  /// The folders among the names, with what they are.
  private(set) var folders: [(name: String, level: Layout)] = []

  /// Lists a folder. Nothing stands in one that is not there, or in a file in its place.
  package init(_ level: Layout, at path: String) throws(JournalError) {
    for entry in try File.entries(in: path) {
      let kind = entry.isText ? level.kind(of: entry.name) : nil
      switch kind {
      case .folder(let level) where entry.isFolder(in: path):
        names.append(entry.name)
        folders.append((entry.name, level))
      case .file where entry.isFile(in: path): names.append(entry.name)
      case .draft where entry.isFile(in: path): drafts.append(entry.name)
      case .folder, .file, .draft, nil: strays.append(entry.name)
      }
    }
  }

  /// How many entries there are.
  package var count: Int { names.count + drafts.count + strays.count }
}

extension File {
  /// What stands in a folder.
  package struct Entry {
    /// With `�` in place of what is no UTF-8.
    let name: String
    /// Whether the name is UTF-8.
    let isText: Bool
    fileprivate let type: Int

    /// Whether it is a folder, or a symbolic link to one: workers write through it too.
    fileprivate func isFolder(in folder: String) -> Bool {
      if type == DT_DIR { return true }
      guard type == DT_LNK || type == DT_UNKNOWN else { return false }
      var info = stat()
      return stat("\(folder)/\(name)", &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether it is a regular file; a symbolic link is none, for workers do not follow it.
    fileprivate func isFile(in folder: String) -> Bool {
      guard type == DT_UNKNOWN else { return type == DT_REG }
      var info = stat()
      return lstat("\(folder)/\(name)", &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }
  }

  /// What stands in a folder, in no order; nothing where there is no folder.
  package static func entries(in folder: String) throws(JournalError) -> [Entry] {
    guard let stream = opendir(folder) else {
      if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return [] }
      throw .failed(call: "list", path: folder, errno: errno)
    }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      guard name != ".", name != ".." else { continue }
      let isText = name.utf8.elementsEqual(bytes)
      entries.append(Entry(name: name, isText: isText, type: Int(entry.pointee.d_type)))
    }
    guard errno == 0 else { throw .failed(call: "list", path: folder, errno: errno) }
    return entries
  }
}
