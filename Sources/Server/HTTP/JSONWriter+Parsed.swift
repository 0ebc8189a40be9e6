extension JSONWriter {
  /// A member whose value was read from JSON; null when there is none.
  mutating func field(_ key: StaticString, _ value: JSONValue?) {
    name(key)
    append(value ?? .null)
  }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(number)
    case .string(let text): appendQuoted(text)
    case .array(let elements):
      list("[", elements, "]") { $0.append($1) }
    case .object(let members):
      list("{", members, "}") { json, member in
        json.appendQuoted(member.name)
        json.append(":")
        json.append(member.value)
      }
    }
  }

  private mutating func list<Element>(
    _ open: StaticString, _ elements: [Element], _ close: StaticString, _ write: (inout JSONWriter, Element) -> Void
  ) {
    append(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      write(&self, element)
    }
    append(close)
  }
}

extension JSONValue {
  /// A member of an object; nil when there is none, or it is null, or this is no object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members.first(where: { $0.name == name })?.value,
      value != .null
    else { return nil }
    return value
  }

  /// The elements of an array; none when it is not one.
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  /// The number; nil when it is not one.
  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }

  /// The text; nil when it is not one.
  var text: String? { if case .string(let text) = self { text } else { nil } }
}
