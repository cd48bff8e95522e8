import Glibc

/// The names in a state folder that are not gatilho's.
package struct Strays: Equatable, Sendable {
  /// Their paths in the state folder, sorted; not more than a person reads.
  package private(set) var paths: [String] = []
  /// How many there are.
  package private(set) var count = 0

  private static let shown = 5

  fileprivate mutating func add(_ names: [String], in folder: String) {
    count += names.count
    paths = (paths + names.map { "\(folder)\($0)" }).sorted()
    paths.removeSubrange(min(paths.count, Self.shown)...)
  }
}

extension Journal {
  /// Looks for what is not gatilho's, the applications' folders last. What cannot be listed is passed
  /// over: it is told by whoever needs it.
  ///
  /// - Parameter budget: after so many names it looks at no further folder.
  package func strays(budget: Int = .max) -> Strays {
    var strays = Strays()
    var seen = 0
    forEachFolder(deep: true) { folder, listing in
      strays.add(listing.strays, in: folder)
      seen += listing.count
      return seen < budget
    }
    return strays
  }

  /// The paths of drafts so old that their processes must have died; none is of any use.
  package func drafts(before moment: Int64) -> [String] {
    var drafts: [String] = []
    forEachFolder(deep: false) { folder, listing in
      for name in listing.drafts {
        let path = "\(state)/\(folder)\(name)"
        var info = stat()
        guard lstat(path, &info) == 0, Int64(info.st_mtim.tv_sec) * 1_000 < moment else { continue }
        drafts.append(path)
      }
      return true
    }
    return drafts
  }

  /// Visits the state folder and the folders in it, level by level, each by its path with a slash behind
  /// it, until told to stop.
  ///
  /// - Parameter deep: whether to visit the applications' folders too, where no draft ever is.
  private func forEachFolder(deep: Bool, _ visit: (String, Listing) -> Bool) {
    var folders: [(path: String, level: Layout)] = [("", .state)]
    while let folder = folders.first {
      folders.removeFirst()
      do throws(JournalError) {
        let listing = try Listing(folder.level, at: "\(state)/\(folder.path)")
        guard visit(folder.path, listing) else { return }
        let next = listing.folders.map { ("\(folder.path)\($0.name)/", $0.level) }
        if deep || folder.level != .applications { folders += next }
      } catch {}
    }
  }
}
