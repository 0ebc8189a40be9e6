import Testing

@testable import Server

/// What is written about the interface holds together.
struct ContractTests {
  private let document: JSONNode
  private let check: SchemaCheck

  init() throws {
    document = try JSONNode(bytes: OpenAPIDocument.bytes)
    check = SchemaCheck(document: document)
  }

  @Test func `every route is described, once, under a name of its own`() {
    #expect(document["openapi"]?.text == "3.1.0")
    var names: [String] = []
    for route in Endpoint.routes {
      let operation = document["paths", route.path, route.method.lowercased()]
      names.append(operation?["operationId"]?.text ?? "")
      #expect(operation?["summary"]?.text?.isEmpty == false, "\(route.path)")
    }
    #expect(Set(names).count == Endpoint.routes.count)
    let operations = document["paths"]?.members.values.reduce(0) { $0 + $1.members.count }
    #expect(operations == Endpoint.routes.count)
  }

  @Test func `every variable of a path is described, and no two of a path are the same`() {
    for route in Endpoint.routes {
      let braced = route.path.split(separator: "/").filter { $0.hasPrefix("{") }
      #expect(route.variables.count == braced.count, "\(route.path)")
      #expect(Set(braced).count == braced.count, "\(route.path)")
    }
    let used = Set(Endpoint.routes.flatMap(\.variables))
    #expect(used == Set(PathVariable.allCases))
  }

  @Test func `a name means one form`() {
    var forms: [String: [UInt8]] = [:]
    func visit(_ schema: Schema) {
      if case .named(let name, let inner) = schema {
        var json = JSONWriter()
        json.object { $0.members(of: inner) }
        #expect(forms[name] == nil || forms[name] == json.bytes, "\(name)")
        if forms.updateValue(json.bytes, forKey: name) != nil { return }
        visit(inner)
      }
      for member in schema.members { visit(member.schema) }
      switch schema {
      case .list(let element, _): visit(element)
      case .nullable(let inner): visit(inner)
      case .either(let choices): for choice in choices { visit(choice) }
      default: break
      }
    }
    for contract in Endpoint.allCases.map(\.contract) {
      if let body = contract.body { visit(body.schema) }
      for content in contract.replies.flatMap(\.contents) { visit(content.schema) }
    }
    #expect(forms.count > 40)
  }

  @Test func `examples fit their forms`() throws {
    for route in Endpoint.routes {
      let operation = document["paths", route.path, route.method.lowercased()]
      for parameter in operation?["parameters"]?.list ?? [] {
        guard let example = parameter["example"], let schema = parameter["schema"] else { continue }
        #expect(check.faults(of: example, in: schema) == [], "\(route.path) \(parameter["name"]?.text ?? "")")
      }
      if let body = operation?["requestBody", "content", "application/json"] {
        let example = try #require(body["example"]), schema = try #require(body["schema"])
        #expect(check.faults(of: example, in: schema) == [], "\(route.path)")
      }
    }
  }

  @Test func `the check finds what does not fit`() throws {
    let schema = try JSONNode(
      bytes: Array(
        #"{"type":"object","properties":{"a":{"type":"integer","minimum":1},"b":{"anyOf":[{"enum":["x"]},{"type":"null"}]}},"required":["a"]}"#
          .utf8))
    func faults(_ text: String) throws -> Int {
      check.faults(of: try JSONNode(bytes: Array(text.utf8)), in: schema).count
    }
    #expect(try faults(#"{"a":1,"b":"x"}"#) == 0)
    #expect(try faults(#"{"a":1,"b":null}"#) == 0)
    #expect(try faults(#"{"a":0}"#) == 1)
    #expect(try faults(#"{"a":1.5}"#) == 1)
    #expect(try faults(#"{"b":"x"}"#) == 1)
    #expect(try faults(#"{"a":1,"c":2}"#) == 1)
    #expect(try faults(#"{"a":1,"b":"y"}"#) > 0)
    #expect(try faults("[]") == 1)
  }
}
