/// A client that keeps cookies as a browser does, and says which page asks.
final class Browser {
  let http: HTTPClient
  /// The page that asks; nil says nothing.
  var origin: String? = "http://localhost"
  private(set) var cookies: [String: String] = [:]
  /// What came with each cookie when it was set last, behind its value.
  private(set) var attributes: [String: String] = [:]

  init(_ http: HTTPClient) { self.http = http }

  func send(
    _ method: String, _ path: String, body: String? = nil, headers: [String: String] = [:]
  ) async throws -> HTTPClient.Answer {
    var headers = headers
    if let origin { headers["Origin"] = origin }
    let sent = cookies.filter { $0.key != "blame_refresh" || path.hasPrefix("/api/v1/auth") }
    if !sent.isEmpty { headers["Cookie"] = sent.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
    let answer = try await http.send(method, path, body: body, headers: headers)
    for text in answer.setCookies { keep(text) }
    return answer
  }

  func get(_ path: String) async throws -> HTTPClient.Answer { try await send("GET", path) }

  func post(_ path: String, _ body: String = "{}") async throws -> HTTPClient.Answer {
    try await send("POST", path, body: body)
  }

  private func keep(_ text: String) {
    let parts = text.split(separator: ";", maxSplits: 1)
    let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(pair[0])
    attributes[name] = parts.count > 1 ? String(parts[1]) : ""
    cookies[name] = attributes[name]?.contains("Max-Age=0;") == true ? nil : String(pair[1])
  }
}
