/// A value of JSON as a tree, for the topics that are small.
indirect enum JSONValue: Sendable, Equatable {
  case null
  case truth(Bool)
  /// A number, as it was written.
  case number(String)
  case text(String)
  case array([JSONValue])
  /// Keys and values in their order; where a key was written twice the last value counts.
  case object([String: JSONValue])

  /// The value of that key; nil for everything but an object that has it.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The text, or the number as it was written; nil for anything else and for "".
  var string: String? {
    switch self {
    case .text(let text), .number(let text): text.nonEmpty
    default: nil
    }
  }

  /// The whole number, bare or in quotes.
  var whole: Int? { string.flatMap { Int($0) } }

  /// The number, bare or in quotes.
  var decimal: Double? { string.flatMap { Double($0) } }

  /// The truth value, bare or in quotes, also as 1 and 0.
  var truth: Bool? {
    switch self {
    case .truth(let truth): truth
    case .text(let text), .number(let text):
      switch text {
      case "true", "True", "1": true
      case "false", "False", "0": false
      default: nil
      }
    default: nil
    }
  }

  /// The members of an object, else none.
  var members: [String: JSONValue] {
    guard case .object(let members) = self else { return [:] }
    return members
  }

  /// The elements of an array, or of an object whose keys are indexes, in the order of the indexes.
  var indexed: [(index: Int, value: JSONValue)] {
    switch self {
    case .array(let elements): elements.enumerated().map { ($0.offset, $0.element) }
    case .object(let members):
      members.compactMap { key, value in Int(key).map { (index: $0, value: value) } }.sorted { $0.index < $1.index }
    default: []
    }
  }
}

extension JSONValue {
  /// The whole text as a tree; nil where it is not JSON.
  init?(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    var scanner = JSONScanner(bytes, in: (bytes.starts(with: mark) ? 3 : 0)..<bytes.count)
    let value = scanner.value()
    guard scanner.isAtEnd() else { return nil }
    self = value
  }
}

extension JSONScanner {
  /// The value that begins here, as a tree.
  mutating func value() -> JSONValue {
    switch peek() {
    case JSONByte.quote, JSONByte.apostrophe: return string().map { .text(text($0)) } ?? .null
    case JSONByte.openBrace: return objectTree()
    case JSONByte.openBracket:
      var elements: [JSONValue] = []
      guard beginArray() else { return .null }
      while nextElement() { elements.append(value()) }
      return .array(elements)
    default:
      guard let range = literal() else { return .null }
      if let word = JSONLiteral.word(bytes, range) { return word.map { .truth($0) } ?? .null }
      return .number(text(range))
    }
  }

  private mutating func objectTree() -> JSONValue {
    var members: [String: JSONValue] = [:]
    guard beginObject() else { return .null }
    while let key = nextKey() { members[text(key)] = value() }
    return .object(members)
  }
}
