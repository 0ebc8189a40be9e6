/// The members of a request's JSON object, read strictly: whatever is unknown, missing or of another type is named
/// with its place.
struct Fields {
  private let members: [JSONValue.Member]
  /// Where the object stands in the body; empty for the body itself.
  let pointer: String

  /// Reads `bytes` as an object that has no other members than `names`. An empty body is an empty object.
  static func body(_ bytes: [UInt8], names: [String], limits: Limits) throws(Problem) -> Fields {
    if bytes.isEmpty { return Fields(members: [], pointer: "") }
    do {
      return try Fields(JSONParser.parse(bytes, depthLimit: limits.jsonDepth), pointer: "", names: names)
    } catch let error as JSONSyntaxError {
      throw Problem(
        .malformedJSON, "Line \(error.line), column \(error.column) (byte \(error.offset)): \(error.reason).",
        extras: [.number("offset", error.offset), .number("line", error.line), .number("column", error.column)])
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.internalError, "The body could not be read.")
    }
  }

  private init(members: [JSONValue.Member], pointer: String) {
    self.members = members
    self.pointer = pointer
  }

  private init(_ value: JSONValue, pointer: String, names: [String]) throws(Problem) {
    guard case .object(let members) = value else {
      throw Problem(
        .wrongType, "\(pointer.isEmpty ? "The body" : pointer) is \(value.kind); an object was expected.",
        pointer: pointer)
    }
    self.init(members: members, pointer: pointer)
    if let stranger = members.first(where: { !names.contains($0.name) }) {
      throw Problem(
        .unknownField,
        "\"\(stranger.name.prefix(64))\" is not a field here; known are \(names.joined(separator: ", ")).",
        pointer: place(stranger.name), extras: [.texts("known", names)])
    }
  }

  /// Text, or nil when the member is absent or null.
  func text(_ name: String) throws(Problem) -> String? {
    switch value(name) {
    case nil, .null: return nil
    case .string(let text): return text
    case let other?: throw wrongType(name, other, expected: "a string")
    }
  }

  /// A whole number within bounds, or nil when the member is absent or null.
  func integer(_ name: String, in bounds: ClosedRange<Int>) throws(Problem) -> Int? {
    switch value(name) {
    case nil, .null: return nil
    case .integer(let number):
      guard let value = Int(exactly: number), bounds.contains(value) else {
        throw Problem(
          .invalidValue, "\(name) is \(number); it must be \(bounds.lowerBound) to \(bounds.upperBound).",
          pointer: place(name))
      }
      return value
    case let other?: throw wrongType(name, other, expected: "a whole number")
    }
  }

  /// True or false, or nil when the member is absent or null.
  func flag(_ name: String) throws(Problem) -> Bool? {
    switch value(name) {
    case nil, .null: return nil
    case .bool(let flag): return flag
    case let other?: throw wrongType(name, other, expected: "true or false")
    }
  }

  /// Texts, at most `limit` of them; nil when the member is absent or null.
  func texts(_ name: String, limit: Int) throws(Problem) -> [String]? {
    switch value(name) {
    case nil, .null: return nil
    case .array(let elements):
      guard elements.count <= limit else {
        throw Problem(
          .invalidValue, "\(name) has \(elements.count) elements; at most \(limit) are taken.", pointer: place(name))
      }
      var texts: [String] = []
      for (index, element) in elements.enumerated() {
        guard case .string(let text) = element else {
          throw Problem(
            .wrongType, "\(name) has \(element.kind) in it; strings were expected.", pointer: "\(place(name))/\(index)")
        }
        texts.append(text)
      }
      return texts
    case let other?: throw wrongType(name, other, expected: "an array")
    }
  }

  /// An object with no other members than `names`; nil when the member is absent or null.
  func object(_ name: String, names: [String]) throws(Problem) -> Fields? {
    switch value(name) {
    case nil, .null: return nil
    case let element?: return try Fields(element, pointer: place(name), names: names)
    }
  }

  /// Objects with no other members than `names`, at most `limit` of them; nil when the member is absent or null.
  func objects(_ name: String, names: [String], limit: Int) throws(Problem) -> [Fields]? {
    switch value(name) {
    case nil, .null: return nil
    case .array(let elements):
      guard elements.count <= limit else {
        throw Problem(
          .invalidValue, "\(name) has \(elements.count) elements; at most \(limit) are taken.", pointer: place(name))
      }
      var objects: [Fields] = []
      for (index, element) in elements.enumerated() {
        objects.append(try Fields(element, pointer: "\(place(name))/\(index)", names: names))
      }
      return objects
    case let other?: throw wrongType(name, other, expected: "an array")
    }
  }

  /// The value that must be there.
  func required<Value>(_ name: String, _ value: Value?) throws(Problem) -> Value {
    guard let value else { throw Problem(.missingField, "\(name) is missing.", pointer: place(name)) }
    return value
  }

  /// True when the member is there, null included.
  func has(_ name: String) -> Bool { value(name) != nil }

  /// The JSON pointer of a member.
  func place(_ name: String) -> String {
    "\(pointer)/\(name.replacing("~", with: "~0").replacing("/", with: "~1"))"
  }

  private func value(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  private func wrongType(_ name: String, _ value: JSONValue, expected: String) -> Problem {
    Problem(.wrongType, "\(name) is \(value.kind); \(expected) was expected.", pointer: place(name))
  }
}
