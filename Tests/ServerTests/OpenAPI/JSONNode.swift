import Foundation

/// Any JSON value, read by Foundation.
enum JSONNode: Sendable, Equatable, Decodable {
  case null
  case flag(Bool)
  case whole(Int64)
  case number(Double)
  case text(String)
  case list([JSONNode])
  case object([String: JSONNode])

  /// Reads a whole document.
  init(bytes: [UInt8]) throws { self = try JSONDecoder().decode(JSONNode.self, from: Data(bytes)) }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let number = try? value.decode(Int64.self) {
      self = .whole(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let list = try? value.decode([JSONNode].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONNode].self))
    }
  }

  subscript(path: String...) -> JSONNode? {
    var node: JSONNode? = self
    for key in path {
      guard case .object(let members)? = node else { return nil }
      node = members[key]
    }
    return node
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var whole: Int64? { if case .whole(let number) = self { number } else { nil } }
  var list: [JSONNode] { if case .list(let list) = self { list } else { [] } }
  var members: [String: JSONNode] { if case .object(let members) = self { members } else { [:] } }

  /// JSON Schema's word for what it is.
  var type: String {
    switch self {
    case .null: "null"
    case .flag: "boolean"
    case .whole: "integer"
    case .number: "number"
    case .text: "string"
    case .list: "array"
    case .object: "object"
    }
  }

  /// The number, if it is one.
  var double: Double? {
    switch self {
    case .whole(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
