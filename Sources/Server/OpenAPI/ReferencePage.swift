/// The interface for people: one page, made from the contracts of the endpoints, without scripts.
enum ReferencePage {
  /// Only the page's own style sheet is allowed, by its hash.
  static let policy = """
    default-src 'none'; style-src 'sha256-\(ContentHash.base64(style))'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'
    """

  /// The page, written once.
  static let html = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark light">
    <title>API reference · BlameEngine</title>
    <style>\(style)</style>
    </head>
    <body>
    <main>
    <h1>API reference</h1>
    <p>\(HomePage.escaped(OpenAPIDocument.introduction))</p>
    <p>For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. Send a token as <code>Authorization: Bearer …</code>; \
    <a href="#guest">a guest’s</a> is free.</p>
    <nav aria-label="Contents">\(contents)</nav>
    \(Contract.Area.allCases.map(section).joined(separator: "\n"))
    <h2 id="forms">Forms</h2>
    \(OpenAPIDocument.schemas.map { form($0.name, $0.schema) }.joined(separator: "\n"))
    <h2 id="problems">Problems</h2>
    \(problems)
    </main>
    </body>
    </html>

    """

  private static var contents: String {
    let areas = Contract.Area.allCases.map { "<li><a href=\"#\(anchor($0))\">\($0.rawValue)</a></li>" }
    return "<ul>\(areas.joined())<li><a href=\"#forms\">Forms</a></li><li><a href=\"#problems\">Problems</a></li></ul>"
  }

  private static func anchor(_ area: Contract.Area) -> String {
    area.rawValue.lowercased().replacing(" ", with: "-").replacing(",", with: "")
  }

  private static func section(_ area: Contract.Area) -> String {
    var seen: Set<Endpoint> = []
    let articles = Endpoint.routes.map(\.endpoint)
      .filter { $0.contract.area == area && seen.insert($0).inserted }
      .map(article)
    return "<h2 id=\"\(anchor(area))\">\(area.rawValue)</h2>\n\(articles.joined(separator: "\n"))"
  }

  private static func article(_ endpoint: Endpoint) -> String {
    let contract = endpoint.contract
    let routes = Endpoint.routes.filter { $0.endpoint == endpoint }
    let addresses = routes.map { "<code><b>\($0.method)</b> \(HomePage.escaped($0.path))</code>" }
    let detail = contract.detail.isEmpty ? "" : "<p>\(HomePage.escaped(contract.detail))</p>"
    return """
      <article>
      <h3 id="\(endpoint)">\(HomePage.escaped(contract.summary))</h3>
      <p class="at">\(addresses.joined(separator: "<br>"))</p>
      \(detail)<p class="who">\(endpoint.access.sentence)</p>
      \(parameters(routes, contract))\(body(contract))\(replies(contract))\(codes(endpoint))
      \(example(routes.last(where: { $0.path.hasPrefix("/api/") }) ?? routes[0], contract))
      </article>
      """
  }

  private static func parameters(_ routes: [Endpoint.Route], _ contract: Contract) -> String {
    let variables = routes.max { $0.variables.count < $1.variables.count }?.variables ?? []
    let rows =
      variables.map { row($0.parameter, "path") } + contract.query.map { row($0, "query") }
      + contract.headers.map { row($0, "header") }
    return table("Parameters", ["Name", "In", "Value", "Meaning"], rows)
  }

  private static func row(_ parameter: Parameter, _ place: String) -> [String] {
    let fallback = parameter.fallback.map { " Default: \(HomePage.escaped($0))." } ?? ""
    return [
      "<code>\(parameter.name)</code>\(parameter.isRequired && place != "path" ? " (required)" : "")", place,
      parameter.schema.words, HomePage.escaped(parameter.about) + fallback,
    ]
  }

  private static func body(_ contract: Contract) -> String {
    guard let body = contract.body else { return "" }
    return "<p>Body: \(body.schema.words)\(body.isRequired ? "" : ", or nothing").</p>\n"
  }

  private static func replies(_ contract: Contract) -> String {
    let rows = contract.replies.map { reply in
      let forms = reply.contents.map { content in
        let form = content.type == .json ? ": \(content.schema.words)" : ""
        return "<code>\(content.type.name)</code>\(form)"
      }
      return ["\(reply.status)", forms.joined(separator: "<br>"), HomePage.escaped(reply.about)]
    }
    return table("Answers", ["Status", "Form", "Meaning"], rows)
  }

  private static func codes(_ endpoint: Endpoint) -> String {
    let codes = endpoint.problems.map { "<a href=\"#problem-\($0.rawValue)\"><code>\($0.rawValue)</code></a>" }
    return codes.isEmpty ? "" : "<p>Problems: \(codes.joined(separator: ", ")).</p>\n"
  }

  private static func example(_ route: Endpoint.Route, _ contract: Contract) -> String {
    var lines = ["curl -s \(route.method == "GET" ? "" : "-X \(route.method) ")'\(route.exampleTarget)'"]
    if route.endpoint.access != .everyone { lines.append("-H \"Authorization: Bearer $TOKEN\"") }
    if let body = contract.body { lines += ["-H 'Content-Type: application/json'", "-d '\(body.example)'"] }
    return "<pre tabindex=\"0\"><code>\(HomePage.escaped(lines.joined(separator: " \\\n  ")))</code></pre>"
  }

  private static func form(_ name: String, _ schema: Schema) -> String {
    let heading = "<h3 id=\"form-\(name)\">\(name)</h3>"
    guard !schema.members.isEmpty else { return "\(heading)\n<p>\(schema.words)</p>" }
    let rows = schema.members.map { member in
      [
        "<code>\(member.name)</code>\(member.isRequired ? "" : " (optional)")", member.schema.words,
        HomePage.escaped(member.about),
      ]
    }
    return "\(heading)\n\(table("Members of \(name)", ["Name", "Value", "Meaning"], rows))"
  }

  private static var problems: String {
    let rows = ProblemCode.allCases.map { code in
      ["<code id=\"problem-\(code.rawValue)\">\(code.rawValue)</code>", "\(code.status)", HomePage.escaped(code.title)]
    }
    return table("Codes", ["Code", "Status", "Meaning"], rows)
  }

  static func table(_ caption: String, _ columns: [String], _ rows: [[String]]) -> String {
    if rows.isEmpty { return "" }
    let head = columns.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let body = rows.map { cells in "<tr>\(cells.map { "<td>\($0)</td>" }.joined())</tr>" }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">
      <table><caption>\(caption)</caption><thead><tr>\(head)</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody></table></div>

      """
  }
}
