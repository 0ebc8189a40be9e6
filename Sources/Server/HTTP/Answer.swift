import HTTPTypes
import NIOCore

/// What goes back to the client.
struct Answer: Sendable {
  /// The HTTP status.
  var status: Int
  /// Header fields; the content's length is added on the way out.
  var headers: HTTPFields
  /// The content.
  var body: ByteBuffer
  /// Content that comes bit by bit, instead of ``body``.
  var stream: AsyncStream<ByteBuffer>?

  /// A document of some type.
  init(status: Int = 200, type: MediaType, caching: Caching = .never, body: ByteBuffer) {
    self.status = status
    self.body = body
    headers = HTTPFields()
    headers[.contentType] = type.rawValue
    headers[.cacheControl] = caching.rawValue
    headers[.xContentTypeOptions] = "nosniff"
  }

  /// A JSON document.
  init(status: Int = 200, _ json: JSONWriter, caching: Caching = .never) {
    self.init(status: status, type: .json, caching: caching, body: ByteBuffer(bytes: json.bytes))
  }

  /// A refusal.
  /// - Parameter members: further members of the document.
  init(_ problem: Problem, _ members: (inout JSONWriter) -> Void = { _ in }) {
    self.init(status: problem.code.status, type: .problem, body: ByteBuffer(bytes: problem.json(members).bytes))
    if let seconds = problem.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
    if let allow = problem.allow { headers[.allow] = allow }
    if problem.code.status == 401 { headers[.wwwAuthenticate] = "Bearer realm=\"blame\"" }
  }

  /// Anybody may keep it without asking again.
  var isPublic: Bool { headers[.cacheControl]?.hasPrefix("public") == true }

  /// Types of content.
  enum MediaType: String, Sendable {
    case json = "application/json"
    case problem = "application/problem+json"
    case csv = "text/csv; charset=utf-8"
    case html = "text/html; charset=utf-8"
    case text = "text/plain; charset=utf-8"
    case bytes = "application/octet-stream"
    /// A JSON object a line.
    case lines = "application/x-ndjson"
    /// The same, to be kept as a file.
    case jsonLines = "application/jsonl"
    /// Server-sent events.
    case events = "text/event-stream"
    case metrics = "text/plain; version=0.0.4; charset=utf-8"
  }

  /// How long somebody may keep an answer.
  enum Caching: String, Sendable {
    /// Not at all.
    case never = "no-store"
    /// As long as it is checked with us before each use.
    case revalidate = "no-cache"
    /// For a minute by anybody.
    case minute = "public, max-age=60"
    /// For ever by anybody: it never changes.
    case forever = "public, max-age=31536000, immutable"
  }
}

extension HTTPField.Name {
  static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
  static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
  static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
  static let link = HTTPField.Name("Link")!
  static let requestID = HTTPField.Name("X-Request-Id")!
  static let eventsBehind = HTTPField.Name("Events-Behind")!
}
