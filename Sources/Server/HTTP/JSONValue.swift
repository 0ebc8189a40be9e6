/// What a request's JSON can hold. Members keep their order; numbers must be whole.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name and its value.
  package struct Member: Sendable, Equatable {
    /// The name, unescaped.
    package let name: String
    /// The value.
    package let value: JSONValue
  }

  /// What the value is, for messages: `a string`, `an object`.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer: "a whole number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// Where and why a text is not the JSON we accept.
package struct JSONSyntaxError: Error, Sendable, Equatable {
  /// Bytes before the place.
  package let offset: Int
  /// The line, from 1.
  package let line: Int
  /// Bytes into the line, from 1.
  package let column: Int
  /// What was wrong there.
  package let reason: String
}
