extension Schema {
  /// The form in a few words of HTML, with links to named forms.
  var words: String {
    switch self {
    case .anything: "anything"
    case .flag: "true or false"
    case .whole(let bounds): Self.words(of: bounds)
    case .decimal: "number"
    case .text(let rule): Self.words(of: rule)
    case .words(let words): words.map { "<code>\($0)</code>" }.joined(separator: ", ")
    case .list(let element, let limit): "list\(limit.map { " (at most \($0))" } ?? "") of \(element.words)"
    case .object(let members, _):
      members.isEmpty
        ? "<code>{}</code>"
        : "object of " + members.map { "<code>\($0.name)</code>: \($0.schema.words)" }.joined(separator: "; ")
    case .nullable(let schema): "\(schema.words), or null"
    case .named(let name, _): "<a href=\"#form-\(name)\">\(name)</a>"
    case .either(let schemas): schemas.map(\.words).joined(separator: ", or ")
    }
  }

  private static func words(of bounds: ClosedRange<Int>) -> String {
    switch (bounds.lowerBound, bounds.upperBound) {
    case (.min, .max): "whole number"
    case (let low, .max): "whole number from \(low)"
    case (.min, let high): "whole number up to \(high)"
    case (let low, let high): "whole number from \(low) to \(high)"
    }
  }

  private static func words(of rule: TextRule) -> String {
    if let format = rule.format { return format == "uuid" ? "UUID" : format }
    if let pattern = rule.pattern { return "text like <code>\(HomePage.escaped(rule.example ?? pattern))</code>" }
    if let length = rule.length { return "text of \(length.lowerBound) to \(length.upperBound) characters" }
    return "text"
  }
}

extension Endpoint.Access {
  /// Who may, in a sentence.
  var sentence: String {
    switch self {
    case .everyone: "Everyone may ask."
    case .accounts: "Needs the token of an account; guests have one."
    case .pro: "Needs the token of an account that has Pro."
    case .operators: "Needs the token of an operator."
    }
  }
}

extension Endpoint.Route {
  /// The address with examples in it.
  var exampleTarget: String {
    let segments = path.split(separator: "/").map { segment in
      segment.hasPrefix("{")
        ? PathVariable(rawValue: String(segment.dropFirst().dropLast()))?.parameter.example ?? String(segment)
        : String(segment)
    }
    let query = endpoint.contract.query.compactMap { parameter in
      parameter.example.map { "\(parameter.name)=\(PercentCoding.encode($0))" }
    }
    return "/" + segments.joined(separator: "/") + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }
}

extension ReferencePage {
  /// The home page's style, and what is only here.
  static let style =
    HomePage.style + """

      h3{font-size:1.0625rem;margin:0 0 .25rem}
      article{border-top:1px solid var(--line);padding:1.25rem 0 .25rem}
      nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
      code,pre{font:.875rem/1.5 ui-monospace,monospace}
      .at{margin:.25rem 0;overflow-wrap:anywhere}
      .at b{color:var(--link)}
      .who{color:var(--mut);margin:.25rem 0 .75rem}
      .scroll{margin:.75rem 0}
      td{overflow-wrap:break-word;min-width:5rem}
      [id^=form-]{margin-top:1.5rem}
      :target{outline:3px solid var(--link);outline-offset:4px}
      """
}
