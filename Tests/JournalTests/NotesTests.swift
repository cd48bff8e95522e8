import Journal
import TestSupport
import Testing

/// What workers notice, as it is kept.
@Suite struct NotesTests {
  private let folder: TemporaryFolder
  private let notes: Notes

  init() throws {
    folder = try TemporaryFolder()
    notes = Journal(state: folder.path).notes
  }

  @Test func `a note is written once a minute, and knows since when`() {
    notes.note(.clock, "3 s", now: 1_000)
    notes.note(.clock, "4 s", now: 60_999)
    #expect(notes.latest(.clock, now: 61_000)?.evidence == "3 s")
    notes.note(.clock, "5 s", now: 61_000)
    let note = notes.latest(.clock, now: 61_000)
    #expect(note?.evidence == "5 s" && note?.since == 1_000 && note?.at == 61_000)
    #expect(notes.latest(.secret, now: 61_000) == nil)
  }

  @Test func `of two processes one writes within a minute`() {
    notes.note(.secret, "a", now: 1_000)
    Journal(state: folder.path).notes.note(.secret, "b", now: 1_001)
    #expect(notes.latest(.secret, now: 1_001)?.evidence == "a")
    notes.clear(.secret)
    notes.note(.secret, "c", now: 1_002)
    #expect(notes.latest(.secret, now: 1_002)?.evidence == "c")
  }

  @Test func `what was long past when it is noticed again is new`() {
    notes.note(.busy, now: 1_000)
    let later = 1_000 + Notes.life + 1
    #expect(notes.latest(.busy, now: later) == nil)
    notes.note(.busy, now: later)
    #expect(notes.latest(.busy, now: later)?.since == later)
  }

  @Test(arguments: ["", "{", "[]", #"{"at":"x"}"#, #"{"at":99999999999999999999,"since":1}"#])
  func `a file that is none of ours is no note, and gives way to one`(_ text: String) throws {
    notes.note(.stuck, now: 1)
    try folder.write(text, to: "notes/stuck.json")
    #expect(notes.latest(.stuck, now: 2) == nil)
    let other = Journal(state: folder.path).notes
    other.note(.stuck, now: 2)
    #expect(other.latest(.stuck, now: 2)?.at == 2)
  }
}
