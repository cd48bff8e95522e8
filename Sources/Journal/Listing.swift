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
    for item in try Self.items(in: path) {
      let kind = item.isText ? level.kind(of: item.name) : nil
      switch kind {
      case .folder(let level) where item.isFolder(in: path):
        names.append(item.name)
        folders.append((item.name, level))
      case .file where item.isFile(in: path): names.append(item.name)
      case .draft where item.isFile(in: path): drafts.append(item.name)
      case .folder, .file, .draft, nil: strays.append(item.name)
      }
    }
  }

  /// How many names there are.
  package var count: Int { names.count + drafts.count + strays.count }
}

extension Listing {
  /// What stands in a folder.
  private struct Item {
    /// With `�` in place of what is no UTF-8.
    let name: String
    /// Whether the name is UTF-8.
    let isText: Bool
    let type: Int

    /// Whether it is a folder, or a symbolic link to one: workers write through it too.
    func isFolder(in folder: String) -> Bool {
      if type == DT_DIR { return true }
      guard type == DT_LNK || type == DT_UNKNOWN else { return false }
      var info = stat()
      return stat("\(folder)/\(name)", &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether it is a regular file; a symbolic link is none, for workers do not follow it.
    func isFile(in folder: String) -> Bool {
      guard type == DT_UNKNOWN else { return type == DT_REG }
      var info = stat()
      return lstat("\(folder)/\(name)", &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }
  }

  /// What stands in a folder, in no order; nothing where there is no folder.
  private static func items(in folder: String) throws(JournalError) -> [Item] {
    guard let stream = opendir(folder) else {
      if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return [] }
      throw .failed(call: "list", path: folder, errno: errno)
    }
    defer { closedir(stream) }
    var items: [Item] = []
    errno = 0
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      if name != ".", name != ".." {
        let isText = name.utf8.elementsEqual(bytes)
        items.append(Item(name: name, isText: isText, type: Int(entry.pointee.d_type)))
      }
      errno = 0
    }
    guard errno == 0 else { throw .failed(call: "list", path: folder, errno: errno) }
    return items
  }
}
