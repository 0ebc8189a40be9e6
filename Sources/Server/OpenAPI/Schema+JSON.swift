extension JSONWriter {
  /// A member whose value is a schema.
  mutating func schema(_ name: String, _ schema: Schema, about: String = "") {
    object(named: name) { $0.members(of: schema, about: about) }
  }

  /// The keywords of a schema.
  mutating func members(of schema: Schema, about: String = "") {
    switch schema {
    case .anything, .flag, .decimal: type(of: schema)
    case .whole(let bounds):
      type(of: schema)
      field("format", "int64")
      if bounds.lowerBound != .min { field("minimum", bounds.lowerBound) }
      if bounds.upperBound != .max { field("maximum", bounds.upperBound) }
    case .text(let rule):
      type(of: schema)
      members(of: rule)
    case .words(let words): array("enum", words) { $0.value($1) }
    case .list(let element, let limit):
      type(of: schema)
      self.schema("items", element)
      if let limit { field("maxItems", limit) }
    case .object(let members, let isClosed): object(members, isClosed)
    case .nullable(let inner): nullable(inner)
    case .named(let name, _): field("$ref", "#/components/schemas/\(name)")
    case .either(let schemas): array("oneOf", schemas) { json, schema in json.object { $0.members(of: schema) } }
    }
    if !about.isEmpty { field("description", about) }
  }

  private mutating func nullable(_ inner: Schema) {
    let choices: [Schema?] = [inner, nil]
    array("anyOf", choices) { json, choice in
      json.object { json in if let choice { json.members(of: choice) } else { json.field("type", "null") } }
    }
  }

  private mutating func object(_ members: [Schema.Member], _ isClosed: Bool) {
    field("type", "object")
    object("properties") { json in
      for member in members { json.schema(member.name, member.schema, about: member.about) }
    }
    let required = members.filter(\.isRequired)
    if !required.isEmpty { array("required", required) { $0.value($1.name) } }
    if isClosed { field("additionalProperties", false) }
  }

  private mutating func members(of rule: Schema.TextRule) {
    if let pattern = rule.pattern { field("pattern", pattern) }
    if let format = rule.format { field("format", format) }
    if let length = rule.length {
      field("minLength", length.lowerBound)
      field("maxLength", length.upperBound)
    }
    if let example = rule.example { array("examples", [example]) { $0.value($1) } }
  }

  private mutating func type(of schema: Schema) {
    if let name = schema.typeName { field("type", name) }
  }
}

extension Schema {
  /// JSON Schema's word for the type; nil where that does not say it.
  var typeName: String? {
    switch self {
    case .flag: "boolean"
    case .whole: "integer"
    case .decimal: "number"
    case .text, .words: "string"
    case .list: "array"
    case .object: "object"
    case .anything, .nullable, .named, .either: nil
    }
  }
}
