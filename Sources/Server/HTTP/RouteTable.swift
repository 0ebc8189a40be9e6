/// Finds the endpoint of a path.
struct RouteTable: Sendable {
  /// What a path and a method lead to.
  enum Match {
    case found(Endpoint, parameters: [String])
    /// The path exists with other methods.
    case wrongMethod(allow: String)
    case nothing
    /// A segment is not percent-encoded UTF-8.
    case malformed
  }

  private let byCount: [[Endpoint.Route]]

  /// A table of routes.
  init(_ routes: [Endpoint.Route] = Endpoint.routes) {
    let longest = routes.map(\.pattern.count).max() ?? 0
    byCount = (0...longest).map { count in routes.filter { $0.pattern.count == count } }
  }

  /// The endpoint of `path` for `method`; HEAD is GET. O(routes with as many segments).
  func match(method: String, path: Substring) -> Match {
    let segments = path.split(separator: "/", omittingEmptySubsequences: true)
    guard segments.count < byCount.count else { return .nothing }
    let wanted = method == "HEAD" ? "GET" : method
    var others: [String] = []
    for route in byCount[segments.count] where Self.fits(route.pattern, segments) {
      if route.method == wanted { return Self.found(route, segments) }
      others.append(route.method)
    }
    return others.isEmpty ? .nothing : .wrongMethod(allow: Self.allow(others))
  }

  /// The methods that work at a path, by commas; nil when nothing is there.
  func methods(path: Substring) -> String? {
    guard case .wrongMethod(let allow) = match(method: "OPTIONS", path: path) else { return nil }
    return allow
  }

  private static func allow(_ methods: [String]) -> String {
    (methods.contains("GET") ? methods + ["HEAD"] : methods).joined(separator: ", ")
  }

  private static func fits(_ pattern: [String?], _ segments: [Substring]) -> Bool {
    for (expected, segment) in zip(pattern, segments) {
      if let expected, expected != segment { return false }
    }
    return true
  }

  private static func found(_ route: Endpoint.Route, _ segments: [Substring]) -> Match {
    var parameters: [String] = []
    for (expected, segment) in zip(route.pattern, segments) where expected == nil {
      guard let text = PercentCoding.decode(segment), !text.utf8.contains(0) else { return .malformed }
      parameters.append(text)
    }
    return .found(route.endpoint, parameters: parameters)
  }
}
