import JSON

/// A JSON body with placeholders: walked and filled value by value, never pasted as text.
indirect enum BodyTemplate: Hashable, Sendable {
  case literal(JSONValue)
  case text(Template)
  case array([BodyTemplate])
  case object([Member])

  /// One entry of an object; its key may have placeholders too.
  struct Member: Hashable, Sendable {
    let key: Template
    let value: BodyTemplate
  }

  /// Reads the templates of a profile's body.
  init(_ reader: StrictReader) throws(DocumentError) {
    switch reader.value {
    case .string:
      self = .text(try reader.template())
    case .array:
      self = .array(try reader.list(BodyTemplate.init))
    case .object:
      var members: [Member] = []
      for (key, value) in try reader.entries() {
        guard let template = Template(key) else { throw value.error("bad placeholder in the key") }
        members.append(Member(key: template, value: try BodyTemplate(value)))
      }
      self = .object(members)
    case .null, .bool, .integer, .number:
      self = .literal(reader.value)
    }
  }

  var placeholders: [Template.Placeholder] {
    switch self {
    case .literal: []
    case .text(let template): template.placeholders
    case .array(let elements): elements.flatMap(\.placeholders)
    case .object(let members): members.flatMap { $0.key.placeholders + $0.value.placeholders }
    }
  }

  /// Whether an `{{each.…}}` in here is repeated by something further out: an array repeats its
  /// elements, an object the entries whose keys mention it.
  var needsRepetition: Bool {
    switch self {
    case .literal, .array: false
    case .text(let template): template.mentionsEach
    case .object(let members):
      members.contains { !$0.key.mentionsEach && $0.value.needsRepetition }
    }
  }
}

extension Template {
  fileprivate var mentionsEach: Bool { placeholders.contains(where: \.isEach) }
}

extension BodyTemplate {
  /// The body with every placeholder filled; nil when it is to be left out.
  func fill(
    _ values: Values, _ parameters: [Message.Parameter]
  ) throws(MissingValues) -> JSONValue? {
    switch self {
    case .literal(let value):
      return value
    case .text(let template):
      return try template.value(values)
    case .array(let elements):
      var filled: [JSONValue] = []
      for element in elements {
        for scope in element.needsRepetition ? values.each(parameters) : [values] {
          if let value = try element.fill(scope, parameters) { filled.append(value) }
        }
      }
      return .array(filled)
    case .object(let members):
      var filled: [String: JSONValue] = [:]
      for member in members {
        for scope in member.key.mentionsEach ? values.each(parameters) : [values] {
          let value = try member.value.fill(scope, parameters)
          if let value { filled[try member.key.text(scope)] = value }
        }
      }
      return .object(filled)
    }
  }
}

extension Values {
  /// These values once a parameter, with what `{{each.…}}` stands for.
  fileprivate func each(_ parameters: [Message.Parameter]) -> [Values] {
    parameters.map { parameter in
      var each: [String: JSONValue] = ["each.value": .string(parameter.value)]
      if let position = parameter.position { each["each.position"] = .string(String(position)) }
      if let name = parameter.name { each["each.name"] = .string(name) }
      return merging(each)
    }
  }
}
