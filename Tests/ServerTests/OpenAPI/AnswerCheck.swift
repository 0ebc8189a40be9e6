import Testing

@testable import Server

/// Holds every answer that a test gets to what is written about it: its status, its type, its members.
struct AnswerCheck: Sendable {
  /// The check against the server's own document.
  static let shared: AnswerCheck? = {
    guard let document = try? JSONNode(bytes: OpenAPIDocument.bytes) else { return nil }
    return AnswerCheck(check: SchemaCheck(document: document))
  }()

  private let check: SchemaCheck
  private let table = RouteTable()

  private init(check: SchemaCheck) { self.check = check }

  /// What of an answer is not as described; empty also for addresses that are none of the interface.
  func faults(_ method: String, _ target: String, _ answer: HTTPClient.Answer) -> [String] {
    guard let operation = operation(method, target) else { return [] }
    let name = operation["operationId"]?.text ?? ""
    guard let response = operation["responses", "\(answer.status)"] else {
      return ["\(name): the status \(answer.status) is not described: \(answer.text.prefix(300))"]
    }
    if method == "HEAD" || answer.status == 304 { return [] }
    let type = String((answer["Content-Type"] ?? "").prefix { $0 != ";" })
    guard let content = response["content", type] else {
      return ["\(name): \(type) is not described for \(answer.status)"]
    }
    guard type == "application/json" || type.hasSuffix("+json"), let schema = content["schema"],
      answer["Content-Encoding"] == nil
    else { return [] }
    guard let value = try? JSONNode(bytes: answer.body) else { return ["\(name): the body is not JSON"] }
    // A problem may have members of its own beside those that all have.
    let isProblem = type == "application/problem+json"
    return check.faults(of: value, in: schema).filter { !isProblem || !$0.hasSuffix("is not described") }
      .map { "\(name) \(answer.status) \($0)" }
  }

  private func operation(_ method: String, _ target: String) -> JSONNode? {
    let path = target.prefix { $0 != "?" }
    guard case .found(let endpoint, _) = table.match(method: method, path: path), endpoint != .home else { return nil }
    let count = path.split(separator: "/").count
    let route = Endpoint.routes.first { $0.endpoint == endpoint && $0.pattern.count == count }
    return route.flatMap { check.document["paths", $0.path, $0.method.lowercased()] }
  }
}
