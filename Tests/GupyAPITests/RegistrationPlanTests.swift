import JSON
import Testing

@testable import GupyAPI

/// What is to be done, from what Gupy shows.
@Suite struct RegistrationPlanTests {
  private static let url = "https://hooks.padaria.com.br/gupy"
  private let created = wanted("application.created")
  private let moved = wanted("application.moved")

  private static func wanted(_ action: String) -> WantedRegistration {
    WantedRegistration(
      action: action, url: url, secret: "s3", ownerName: "Ana Lima",
      ownerEmail: "ana@padaria.com.br"
    )
  }

  /// A webhook as Gupy shows it; `null` takes a member away.
  private static func shown(
    _ id: Int64, _ action: JSONValue = "application.moved", _ changes: [String: JSONValue] = [:]
  ) -> Registration {
    let members: [String: JSONValue] = [
      "id": .integer(id), "action": action, "postbackUrl": .string(url), "status": "active",
      "techOwnerName": "Ana Lima", "techOwnerEmail": "ana@padaria.com.br",
      "clientHeaders": ["authorization": "s3", "CONTENT-TYPE": "application/json"],
      "companyId": 7,
    ]
    return Registration(.object(members.merging(changes) { $1 }))!
  }

  private func plan(
    _ list: Registration..., adopted: [String] = [], sendsHeaders: Bool = false
  ) throws -> [RegistrationPlan.Step] {
    try RegistrationPlan(
      [moved], given: list, adopted: adopted, sendsHeaders: sendsHeaders
    ).steps
  }

  @Test func `where nothing is, both are made`() throws {
    let plan = try RegistrationPlan([created, moved], given: [])
    #expect(plan.steps == [.create(created), .create(moved)])
    #expect(plan.changes)
  }

  @Test func `what is as wished is kept, and nothing changes`() throws {
    let list = [Self.shown(1, "application.created"), Self.shown(2)]
    let plan = try RegistrationPlan([created, moved], given: list)
    #expect(plan.steps == [.keep(list[0]), .keep(list[1])])
    #expect(!plan.changes)
  }

  private static let differences: [([String: JSONValue], [Difference])] = [
    (["status": "inactive"], [.status]),
    (["status": "ACTIVE"], []),
    (["status": .null], []),
    (["techOwnerName": "Bia"], [.owner]),
    (["techOwnerEmail": "bia@padaria.com.br"], [.owner]),
    (["techOwnerName": .null, "techOwnerEmail": .null], []),
    (["postbackUrl": "HTTPS://Hooks.Padaria.com.br:443/gupy"], []),
    (["clientHeaders": .null], []),
    (["clientHeaders": [:]], [.secret, .contentType]),
    (["clientHeaders": ["Authorization": "Bearer s3", "Content-Type": "application/json"]], []),
    (["clientHeaders": ["Authorization": "old", "Content-Type": "application/json"]], [.secret]),
    (["clientHeaders": ["Authorization": "****", "Content-Type": "****"]], []),
    (
      [
        "clientHeaders": [
          "Authorization": "s3", "Content-Type": "Application/JSON; charset=utf-8",
        ]
      ], []
    ),
    (["clientHeaders": ["Authorization": "s3", "Content-Type": "text/plain"]], [.contentType]),
    (["clientHeaders": ["Authorization": "s3"]], [.contentType]),
    (
      ["status": "inactive", "techOwnerName": "", "clientHeaders": ["Authorization": ""]],
      [.status, .owner, .secret, .contentType]
    ),
  ]

  @Test(arguments: differences.indices)
  func `what differs is named, and what Gupy does not show does not differ`(_ index: Int) throws {
    let (changes, differences) = Self.differences[index]
    let shown = Self.shown(1, "application.moved", changes)
    #expect(
      try plan(shown) == [
        differences.isEmpty ? .keep(shown) : .update(shown, to: moved, differences)
      ])
  }

  @Test func `the secret is sent again where that is asked, once`() throws {
    let hidden = Self.shown(1, "application.moved", ["clientHeaders": .null])
    #expect(try plan(hidden, sendsHeaders: true) == [.update(hidden, to: moved, [.secret])])
    let other = Self.shown(
      1, "application.moved",
      ["clientHeaders": ["Authorization": "old", "Content-Type": "application/json"]])
    #expect(try plan(other, sendsHeaders: true) == [.update(other, to: moved, [.secret])])
  }

  @Test(arguments: [
    "https://hooks.padaria.com.br/gupi", "https://hooks.padaria.com.br:8443/gupy",
    "http://HOOKS.padaria.com.br/gupy",
  ])
  func `the only one of its action on our host has a wrong address`(_ url: String) throws {
    let shown = Self.shown(1, "application.moved", ["postbackUrl": .string(url)])
    #expect(try plan(shown) == [.update(shown, to: moved, [.url(shown.shownURL)])])
  }

  @Test(arguments: [
    "https://ats.padaria.com.br/gupy", "https://padaria.com.br/gupy", "nothing", "",
  ])
  func `one on another host is another system's, and is left alone`(_ url: String) throws {
    let shown = Self.shown(1, "application.moved", ["postbackUrl": .string(url)])
    #expect(try plan(shown) == [.create(moved), .leave(shown)])
  }

  @Test func `two of an action with other addresses on our host are left alone`() throws {
    let list = [1, 2].map {
      Self.shown($0, "application.moved", ["postbackUrl": .string("\(Self.url)/\($0)")])
    }
    #expect(try plan(list[0], list[1]) == [.create(moved), .leave(list[0]), .leave(list[1])])
  }

  @Test func `one with another address is left alone beside one with ours`() throws {
    let other = Self.shown(1, "application.moved", ["postbackUrl": .string(Self.url + "/test")])
    #expect(try plan(other, Self.shown(2)) == [.keep(Self.shown(2)), .leave(other)])
  }

  @Test func `another action is left alone, whatever its address`() throws {
    let other = Self.shown(1, "candidate.hired")
    #expect(try plan(other, Self.shown(2)) == [.keep(Self.shown(2)), .leave(other)])
  }

  @Test func `of duplicates the active one is kept, and the others are reported`() throws {
    let inactive = Self.shown(1, "application.moved", ["status": "inactive"])
    let (active, third) = (Self.shown(2), Self.shown(3))
    #expect(
      try plan(inactive, active, third) == [
        .keep(active), .duplicate(inactive, of: active), .duplicate(third, of: active),
      ])
    #expect(
      try plan(inactive, Self.shown(4, "application.moved", ["status": "inactive"])) == [
        .update(inactive, to: moved, [.status]),
        .duplicate(Self.shown(4, "application.moved", ["status": "inactive"]), of: inactive),
      ])
  }

  @Test func `an adopted one becomes ours, whatever its address`() throws {
    let other = Self.shown(1, "application.moved", ["postbackUrl": "https://old.example.org/x"])
    let third = Self.shown(3, "application.moved", ["postbackUrl": "https://ats.example.org/x"])
    #expect(
      try plan(other, third, adopted: ["1"]) == [
        .update(other, to: moved, [.url("https://old.example.org/x")]), .leave(third),
      ])
    #expect(try plan(Self.shown(2), adopted: ["2"]) == [.keep(Self.shown(2))])
  }

  @Test func `what cannot be adopted is said`() throws {
    let other = Self.shown(1, "application.moved", ["postbackUrl": "https://old.example.org/x"])
    let hired = Self.shown(3, "candidate.hired")
    #expect(throws: RegistrationPlan.AdoptionError.unknown(id: "9")) {
      try plan(other, adopted: ["9"])
    }
    #expect(throws: RegistrationPlan.AdoptionError.needless(id: "1", ours: "2")) {
      try plan(other, Self.shown(2), adopted: ["1"])
    }
    #expect(throws: RegistrationPlan.AdoptionError.otherAction(id: "3", "candidate.hired")) {
      try plan(hired, adopted: ["3"])
    }
  }
}
