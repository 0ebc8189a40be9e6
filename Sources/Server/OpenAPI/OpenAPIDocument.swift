import HTTPTypes

/// The interface for programs: an OpenAPI 3.1 document, made from the contracts of the endpoints.
enum OpenAPIDocument {
  /// The version of the interface. It changes when a client would have to.
  static let version = "1"

  /// What every client should know.
  static let introduction = """
    Who lost the race, could you have called it better, and what was optimal? Answers carry the log position that they were \
    read at. Refusals are problem details (RFC 9457) with a stable code. Objects in answers may get more members one day: \
    ignore those you do not know. Requests are read strictly: what is unknown, missing or of another type is refused and \
    named. HEAD works wherever GET does.
    """

  /// The document as JSON text, encoded once.
  static let bytes: [UInt8] = {
    var json = JSONWriter(capacity: 131_072)
    json.object { json in
      json.field("openapi", "3.1.0")
      json.object("info") { json in
        json.field("title", "BlameEngine")
        json.field("version", version)
        json.field("description", introduction)
      }
      json.array("servers", ["/"]) { json, url in json.object { $0.field("url", url) } }
      json.array("tags", Contract.Area.allCases) { json, area in json.object { $0.field("name", area.rawValue) } }
      json.object("paths") { $0.paths() }
      json.object("components") { $0.components() }
    }
    return json.bytes
  }()

  /// Everything that has a name, by name.
  static let schemas: [(name: String, schema: Schema)] = {
    var found: [String: Schema] = [:]
    Schema.problem.collect(into: &found)
    for endpoint in Endpoint.allCases {
      endpoint.contract.body?.schema.collect(into: &found)
      for content in endpoint.contract.replies.flatMap(\.contents) { content.schema.collect(into: &found) }
    }
    return found.sorted { $0.key < $1.key }.map { (name: $0.key, schema: $0.value) }
  }()

  /// A name for the operation at a route that no other one has.
  static func operation(_ route: Endpoint.Route) -> String {
    let same = Endpoint.routes.filter { $0.endpoint == route.endpoint }
    let index = same.firstIndex { $0.path == route.path } ?? 0
    return index == 0 ? "\(route.endpoint)" : "\(route.endpoint)\(index + 1)"
  }
}

extension JSONWriter {
  fileprivate mutating func paths() {
    var seen: Set<String> = []
    for path in Endpoint.routes.map(\.path) where seen.insert(path).inserted {
      object(named: path) { json in
        for route in Endpoint.routes where route.path == path {
          json.object(named: route.method.lowercased()) { $0.operation(route) }
        }
      }
    }
  }

  private mutating func operation(_ route: Endpoint.Route) {
    let contract = route.endpoint.contract
    field("operationId", OpenAPIDocument.operation(route))
    array("tags", [contract.area.rawValue]) { $0.value($1) }
    field("summary", contract.summary)
    if !contract.detail.isEmpty { field("description", contract.detail) }
    let parameters =
      route.variables.map { ("path", $0.parameter) } + contract.query.map { ("query", $0) }
      + contract.headers.map { ("header", $0) }
    array("parameters", parameters) { json, parameter in json.object { $0.parameter(parameter.1, in: parameter.0) } }
    if let body = contract.body { object("requestBody") { $0.requestBody(body) } }
    object("responses") { $0.responses(of: route.endpoint) }
    let schemes: [String?] = (route.endpoint.access == .everyone ? [nil] : []) + ["bearer", "cookie"]
    array("security", schemes) { json, scheme in
      json.object { json in if let scheme { json.array(named: scheme, [String]()) { $0.value($1) } } }
    }
  }

  private mutating func parameter(_ parameter: Parameter, in place: String) {
    field("name", parameter.name)
    field("in", place)
    field("required", parameter.isRequired)
    let fallback = parameter.fallback.map { " Default: \($0)." } ?? ""
    field("description", parameter.about + fallback)
    schema("schema", parameter.schema)
    if let example = parameter.example {
      if case .whole = parameter.schema.bare, let number = Int(example) {
        field("example", number)
      } else {
        field("example", example)
      }
    }
  }

  private mutating func requestBody(_ body: Contract.Body) {
    field("required", body.isRequired)
    object("content") { json in
      json.object(named: Answer.MediaType.json.rawValue) { json in
        json.schema("schema", body.schema)
        json.raw("example", body.example.utf8)
      }
    }
  }

  private mutating func responses(of endpoint: Endpoint) {
    let replies = endpoint.contract.replies
    let problems = endpoint.problems
    for status in Set(replies.map(\.status) + problems.map(\.status)).sorted() {
      let codes = problems.filter { $0.status == status }
      object(named: String(status)) { json in
        json.response(replies.filter { $0.status == status }, codes)
      }
    }
  }

  private mutating func response(_ replies: [Reply], _ codes: [ProblemCode]) {
    let sentences = replies.map(\.about) + codes.map { "\($0.rawValue): \($0.title)." }
    field("description", sentences.joined(separator: " "))
    object("headers") { json in
      for header in replies.flatMap(\.headers) { json.header(header.rawValue, header.about) }
      if codes.contains(where: { [429, 503].contains($0.status) }) {
        json.header("Retry-After", "Seconds after which another try makes sense.")
      }
      json.header("X-Request-Id", "The request's number in the server's log.")
      json.header("Events-Behind", "Events of the log that answers do not know yet; not in answers that are public.")
    }
    let contents = replies.flatMap(\.contents)
    if contents.isEmpty, codes.isEmpty { return }
    object("content") { json in
      for content in contents { json.content(content) }
      if !codes.isEmpty { json.problem(codes) }
    }
  }

  private mutating func header(_ name: String, _ about: String) {
    object(named: name) { json in
      json.field("description", about)
      json.schema("schema", .text)
    }
  }

  private mutating func content(_ content: Reply.Content) {
    object(named: content.type.name) { json in
      if content.type != .bytes { json.schema("schema", content.schema) }
    }
  }

  private mutating func problem(_ codes: [ProblemCode]) {
    let forms: [Schema] = [
      .problem, .object([.optional("code", .words(codes.map(\.rawValue)))]),
    ]
    object(named: Answer.MediaType.problem.rawValue) { json in
      json.object("schema") { json in
        json.array("allOf", forms) { json, form in json.object { $0.members(of: form) } }
      }
    }
  }

  fileprivate mutating func components() {
    object("schemas") { json in
      for (name, schema) in OpenAPIDocument.schemas { json.schema(name, schema) }
    }
    object("securitySchemes") { json in
      json.object("bearer") { json in
        json.field("type", "http")
        json.field("scheme", "bearer")
        json.field("description", "POST /api/v1/auth/guest gives a token. It wins over cookies.")
      }
      json.object("cookie") { json in
        json.field("type", "apiKey")
        json.field("in", "cookie")
        json.field("name", Cookies.Name.access.rawValue)
        json.field("description", "For our own page; writes from any other are refused.")
      }
    }
  }
}

extension Answer.MediaType {
  /// The type without its parameters.
  var name: String { String(rawValue.prefix { $0 != ";" }) }
}
