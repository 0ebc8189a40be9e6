/// What an endpoint takes and what it answers.
///
/// The description for programs (OpenAPI), the page for people and the tests are made from these values and nothing else,
/// and the query parameters that are accepted are those named here.
struct Contract: Sendable {
  /// Where it belongs.
  let area: Area
  /// One line.
  let summary: String
  /// What else one has to know.
  var detail = ""
  /// Parameters behind the question mark.
  var query: [Parameter] = []
  /// Header fields that mean something here beyond those that mean the same everywhere.
  var headers: [Parameter] = []
  /// What is sent along; nil when a body is not read.
  var body: Body?
  /// Answers, what usually comes first.
  var replies: [Reply]
  /// What can go wrong here and not everywhere.
  var problems: [ProblemCode] = []

  /// What a client sends along.
  struct Body: Sendable {
    /// Its form.
    let schema: Schema
    /// True when nothing works without it.
    let isRequired: Bool
    /// A body that works, as JSON.
    let example: String
  }

  /// Parts of the interface.
  enum Area: String, Sendable, CaseIterable {
    case races = "Races"
    case blame = "Who lost the race"
    case simulator = "Simulator"
    case crowd = "Crowd and leaderboard"
    case audit = "Audit"
    case log = "Transparency log"
    case accounts = "Accounts"
    case operations = "Operations"
  }

  /// Names of the query parameters, in order.
  var queryNames: [String] { query.map(\.name) }
}

/// Something beside the body that a request carries.
struct Parameter: Sendable {
  let name: String
  let schema: Schema
  let about: String
  var isRequired = false
  /// What is assumed without it, in words or as a value.
  var fallback: String?
  /// A value that works, used in the example.
  var example: String?

  init(
    _ name: String, _ schema: Schema, _ about: String, isRequired: Bool = false, fallback: String? = nil,
    example: String? = nil
  ) {
    self.name = name
    self.schema = schema
    self.about = about
    self.isRequired = isRequired
    self.fallback = fallback
    self.example = example
  }
}

/// An answer that is no refusal.
struct Reply: Sendable {
  let status: Int
  let about: String
  let contents: [Content]
  var headers: [Header] = []

  /// One form in which the answer comes.
  struct Content: Sendable {
    let type: Answer.MediaType
    let schema: Schema
  }

  /// A header field of an answer.
  enum Header: String, Sendable {
    case eTag = "ETag"
    case link = "Link"
    case location = "Location"
    case idempotencyKey = "Idempotency-Key"

    /// What it holds.
    var about: String {
      switch self {
      case .eTag: "Validator; send it back in If-None-Match and get 304 while nothing has changed."
      case .link: "The next page, with rel=\"next\"; absent on the last one."
      case .location: "The address of what was made."
      case .idempotencyKey: "The key under which the command was carried out."
      }
    }
  }

  /// A JSON document.
  static func json(_ schema: Schema, status: Int = 200, about: String = "Done.", headers: [Header] = []) -> Reply {
    Reply(status: status, about: about, contents: [Content(type: .json, schema: schema)], headers: headers)
  }

  /// A document of another type.
  static func document(_ types: Answer.MediaType..., about: String, headers: [Header] = []) -> Reply {
    Reply(status: 200, about: about, contents: types.map { Content(type: $0, schema: .text) }, headers: headers)
  }

  /// A JSON document with a validator, and the answer to those who have it already.
  static func cached(_ schema: Schema, about: String = "As asked.", headers: [Header] = []) -> [Reply] {
    [.json(schema, about: about, headers: [.eTag] + headers), .unchanged]
  }

  /// The same, also as a table of comma-separated values.
  static func table(_ schema: Schema, about: String) -> [Reply] {
    let contents = [Content(type: .json, schema: schema), Content(type: .csv, schema: .text)]
    return [Reply(status: 200, about: about, contents: contents, headers: [.eTag]), .unchanged]
  }

  private static let unchanged = Reply(
    status: 304, about: "What the client has is what it would get.", contents: [], headers: [.eTag])
}
