/// Paths at which the page is, from the list that its router uses too.
struct PageRoutes: Sendable {
  /// One path.
  struct Route: Sendable {
    /// Segments; nil is a parameter.
    let pattern: [String?]
    let title: String
    /// The address of the first JSON it needs, with `:parameters` of the path; nil when it depends on more.
    let first: String?
    fileprivate let names: [String]
  }

  private let routes: [Route]

  /// Reads `routes.json`.
  init(_ bytes: [UInt8]) throws(PageFiles.Failure) {
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONParser.parse(bytes, depthLimit: 4) } catch {
      throw PageFiles.Failure(description: "routes.json is not JSON: \(error)")
    }
    guard case .array(let entries) = value else { throw Self.malformed }
    var routes: [Route] = []
    for entry in entries { routes.append(try Self.route(entry)) }
    self.routes = routes
  }

  private static let malformed = PageFiles.Failure(
    description: "routes.json is not a list of objects with path and title")

  private static func route(_ entry: JSONValue) throws(PageFiles.Failure) -> Route {
    guard case .object(let members) = entry else { throw malformed }
    func text(_ name: String) -> String? {
      for member in members where member.name == name {
        if case .string(let text) = member.value { return text }
      }
      return nil
    }
    guard let path = text("path"), let title = text("title") else { throw malformed }
    let segments = path.split(separator: "/").map(String.init)
    return Route(
      pattern: segments.map { $0.hasPrefix(":") ? nil : $0 }, title: title, first: text("first"),
      names: segments.filter { $0.hasPrefix(":") })
  }

  /// The route of a path, with the address of its first JSON. O(routes).
  func match(_ path: Substring) -> (route: Route, first: String?)? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: true)
    for route in routes where route.pattern.count == segments.count {
      let pairs = zip(route.pattern, segments)
      guard pairs.allSatisfy({ expected, segment in expected.map { $0 == segment } ?? true }) else { continue }
      let values = pairs.filter { $0.0 == nil }.map(\.1)
      guard values.allSatisfy({ PercentCoding.decode($0) != nil }) else { return nil }
      return (route, route.first.map { Self.filled($0, zip(route.names, values)) })
    }
    return nil
  }

  private static func filled(_ address: String, _ values: some Sequence<(String, Substring)>) -> String {
    let byName = Dictionary(values.map { ($0, String($1)) }) { first, _ in first }
    return address.split(separator: "/", omittingEmptySubsequences: false)
      .map { byName[String($0)] ?? String($0) }.joined(separator: "/")
  }
}
