/// The form of a JSON value: as much of JSON Schema 2020-12 as requests and answers need.
indirect enum Schema: Sendable {
  /// Whatever JSON can hold.
  case anything
  /// True or false.
  case flag
  /// A whole number; bounds that are those of 64 bits are not written down.
  case whole(ClosedRange<Int>)
  /// A number with decimals.
  case decimal
  /// Text.
  case text(TextRule)
  /// One of a few words.
  case words([String])
  /// Elements of one form.
  case list(Schema, atMost: Int?)
  /// Members. An object of an answer may get more of them one day; one of a request has no others.
  case object([Member], isClosed: Bool)
  /// The form or null.
  case nullable(Schema)
  /// A form that is described once, under a name.
  case named(String, Schema)
  /// One of several forms.
  case either([Schema])

  /// What text must look like.
  struct TextRule: Sendable {
    var pattern: String?
    var format: String?
    var length: ClosedRange<Int>?
    var example: String?
  }

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let schema: Schema
    let about: String
    let isRequired: Bool

    /// A member that is always there.
    init(_ name: String, _ schema: Schema, _ about: String = "") {
      self.init(name: name, schema: schema, about: about, isRequired: true)
    }

    /// A member that may be left out.
    static func optional(_ name: String, _ schema: Schema, _ about: String = "") -> Member {
      Member(name: name, schema: schema, about: about, isRequired: false)
    }

    private init(name: String, schema: Schema, about: String, isRequired: Bool) {
      self.name = name
      self.schema = schema
      self.about = about
      self.isRequired = isRequired
    }
  }
}

extension Schema {
  /// Any text.
  static let text = Schema.text(TextRule())
  /// Any whole number.
  static let integer = Schema.whole(Int.min...Int.max)
  /// A number of things.
  static let count = Schema.whole(0...Int.max)

  /// Text that fits a regular expression.
  static func pattern(_ pattern: String, example: String? = nil) -> Schema {
    .text(TextRule(pattern: pattern, example: example))
  }

  /// Text of a known format.
  static func format(_ format: String, example: String? = nil) -> Schema {
    .text(TextRule(format: format, example: example))
  }

  /// Text of so many characters.
  static func text(length: ClosedRange<Int>, example: String? = nil) -> Schema {
    .text(TextRule(length: length, example: example))
  }

  /// An array.
  static func list(of element: Schema) -> Schema { .list(element, atMost: nil) }

  /// An object of an answer.
  static func object(_ members: [Member]) -> Schema { .object(members, isClosed: false) }

  /// The object of a request's body.
  static func request(_ members: [Member]) -> Schema { .object(members, isClosed: true) }

  /// The same or null.
  var orNull: Schema { .nullable(self) }

  /// The form without its name.
  var bare: Schema { if case .named(_, let schema) = self { schema.bare } else { self } }

  /// Members of an object; none of anything else.
  var members: [Member] { if case .object(let members, _) = bare { members } else { [] } }
}

extension Schema {
  /// The named forms in this one, by name, those inside others included.
  func collect(into found: inout [String: Schema]) {
    switch self {
    case .named(let name, let schema):
      if found.updateValue(schema, forKey: name) == nil { schema.collect(into: &found) }
    case .list(let element, _): element.collect(into: &found)
    case .nullable(let schema): schema.collect(into: &found)
    case .object(let members, _): for member in members { member.schema.collect(into: &found) }
    case .either(let schemas): for schema in schemas { schema.collect(into: &found) }
    case .anything, .flag, .whole, .decimal, .text, .words: break
    }
  }
}
