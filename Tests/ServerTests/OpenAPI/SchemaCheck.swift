import Foundation

/// Checks values against the schemas of a served OpenAPI document: an oracle that knows nothing of the server's types.
///
/// Objects are taken as closed although the document leaves them open, so that a member that nobody described is found.
struct SchemaCheck: Sendable {
  let document: JSONNode

  private static let annotations: Set<String> = ["description", "examples", "format"]
  private static let keywords: Set<String> = [
    "$ref", "allOf", "anyOf", "oneOf", "type", "enum", "minimum", "maximum", "pattern", "minLength", "maxLength",
    "items",
    "maxItems", "properties", "required", "additionalProperties",
  ]

  /// What is wrong with a value, each with its place; empty when it fits.
  func faults(of value: JSONNode, in schema: JSONNode, at place: String = "$", isClosed: Bool = true) -> [String] {
    var faults = schema.members.keys.filter { !Self.keywords.contains($0) && !Self.annotations.contains($0) }
      .map { "\(place): the schema has a keyword \($0) that is not checked" }
    if let name = schema["$ref"]?.text {
      faults += self.faults(of: value, in: resolve(name), at: place, isClosed: isClosed)
    }
    for (index, part) in (schema["allOf"]?.list ?? []).enumerated() {
      faults += self.faults(of: value, in: part, at: place, isClosed: isClosed && index == 0)
    }
    faults += choices(value, schema, place, isClosed)
    if let type = schema["type"]?.text, !Self.fits(value, type) {
      return faults + ["\(place): \(value.type), not \(type)"]
    }
    if let words = schema["enum"]?.list, !words.contains(value) {
      faults.append("\(place): \(value) is none of \(words)")
    }
    return faults + bounds(value, schema, place) + content(value, schema, place, isClosed)
  }

  private func choices(_ value: JSONNode, _ schema: JSONNode, _ place: String, _ isClosed: Bool) -> [String] {
    for (word, most) in [("anyOf", Int.max), ("oneOf", 1)] {
      guard let parts = schema[word]?.list else { continue }
      let results = parts.map { faults(of: value, in: $0, at: place, isClosed: isClosed) }
      let fitting = results.count { $0.isEmpty }
      if fitting == 0 {
        return (results.filter { !$0.isEmpty }.min { $0.count < $1.count } ?? []) + ["\(place): fits no choice"]
      }
      if fitting > most { return ["\(place): fits \(fitting) choices"] }
    }
    return []
  }

  private func bounds(_ value: JSONNode, _ schema: JSONNode, _ place: String) -> [String] {
    var faults: [String] = []
    if let number = value.double {
      if let low = schema["minimum"]?.double, number < low { faults.append("\(place): \(number) is below \(low)") }
      if let high = schema["maximum"]?.double, number > high { faults.append("\(place): \(number) is above \(high)") }
    }
    if let text = value.text {
      if let pattern = schema["pattern"]?.text, text.range(of: pattern, options: .regularExpression) == nil {
        faults.append("\(place): \"\(text)\" does not fit \(pattern)")
      }
      if let low = schema["minLength"]?.whole, text.unicodeScalars.count < low { faults.append("\(place): too short") }
      if let high = schema["maxLength"]?.whole, text.unicodeScalars.count > high { faults.append("\(place): too long") }
    }
    if let most = schema["maxItems"]?.whole, value.list.count > most { faults.append("\(place): too many elements") }
    return faults
  }

  private func content(_ value: JSONNode, _ schema: JSONNode, _ place: String, _ isClosed: Bool) -> [String] {
    var faults: [String] = []
    if let items = schema["items"] {
      for (index, element) in value.list.enumerated() {
        faults += self.faults(of: element, in: items, at: "\(place)[\(index)]")
      }
    }
    guard case .object(let members) = value else { return faults }
    for name in schema["required"]?.list ?? [] where members[name.text ?? ""] == nil {
      faults.append("\(place): \(name.text ?? "") is missing")
    }
    guard let properties = schema["properties"]?.members else { return faults }
    for (name, member) in members {
      if let known = properties[name] {
        faults += self.faults(of: member, in: known, at: "\(place).\(name)")
      } else if isClosed {
        faults.append("\(place): \(name) is not described")
      }
    }
    return faults
  }

  private func resolve(_ reference: String) -> JSONNode {
    let name = String(reference.split(separator: "/").last ?? "")
    return document["components", "schemas", name] ?? .object(["enum": .list([])])
  }

  private static func fits(_ value: JSONNode, _ type: String) -> Bool {
    value.type == type || (type == "number" && value.type == "integer")
  }
}
