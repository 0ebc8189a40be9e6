/// What can go wrong with a request. The raw value is part of the API and never changes its meaning.
package enum ProblemCode: String, Sendable, CaseIterable {
  case malformedRequest = "malformed-request"
  case malformedJSON = "malformed-json"
  case unknownField = "unknown-field"
  case missingField = "missing-field"
  case wrongType = "wrong-type"
  case invalidValue = "invalid-value"
  case unknownParameter = "unknown-parameter"
  case unauthenticated = "unauthenticated"
  case wrongCredentials = "wrong-credentials"
  case sessionEnded = "session-ended"
  case proOnly = "pro-only"
  case foreignOrigin = "foreign-origin"
  case forbidden = "forbidden"
  case notFound = "not-found"
  case unknownRace = "unknown-race"
  case unknownDriver = "unknown-driver"
  case unknownTeam = "unknown-team"
  case unknownCompound = "unknown-compound"
  case unknownSimulation = "unknown-simulation"
  case unknownUser = "unknown-user"
  case unknownJob = "unknown-job"
  case methodNotAllowed = "method-not-allowed"
  case notAcceptable = "not-acceptable"
  case slowRequest = "slow-request"
  case conflict = "conflict"
  case nameTaken = "name-taken"
  case emailRefused = "email-refused"
  case noPassword = "no-password"
  case decisionInThePast = "decision-in-the-past"
  case alreadyFinished = "already-finished"
  case notFinished = "not-finished"
  case keyReused = "key-reused"
  case tooLarge = "too-large"
  case unsupportedMediaType = "unsupported-media-type"
  case ruleRefused = "rule-refused"
  case notPlayable = "not-playable"
  case noAutopsy = "no-autopsy"
  case tooManyRequests = "too-many-requests"
  case internalError = "internal-error"
  case overloaded = "overloaded"
  case databaseAway = "database-away"
  case readOnly = "read-only"
  case projectionStopped = "projection-stopped"
  case notReady = "not-ready"
  case timedOut = "timed-out"
  case positionNotReached = "position-not-reached"
  case notSigned = "not-signed"

  /// The HTTP status that goes with it.
  package var status: Int {
    switch self {
    case .malformedRequest, .malformedJSON, .unknownField, .missingField, .wrongType, .invalidValue, .unknownParameter:
      400
    case .unauthenticated, .wrongCredentials, .sessionEnded: 401
    case .proOnly: 402
    case .forbidden, .foreignOrigin: 403
    case .notFound, .unknownRace, .unknownTeam, .unknownSimulation, .unknownUser, .unknownJob: 404
    case .methodNotAllowed: 405
    case .notAcceptable: 406
    case .slowRequest: 408
    case .conflict, .nameTaken, .noPassword, .decisionInThePast, .alreadyFinished, .notFinished: 409
    case .tooLarge: 413
    case .unsupportedMediaType: 415
    case .unknownDriver, .unknownCompound, .ruleRefused, .notPlayable, .noAutopsy, .keyReused, .emailRefused:
      422
    case .tooManyRequests: 429
    case .internalError: 500
    case .overloaded, .databaseAway, .readOnly, .projectionStopped, .notReady, .notSigned: 503
    case .timedOut, .positionNotReached: 504
    }
  }

  /// One short line that is the same whenever the code is.
  package var title: String {
    switch self {
    case .malformedRequest: "The request cannot be read"
    case .malformedJSON: "The body is not the JSON we accept"
    case .unknownField: "A field nobody knows"
    case .missingField: "A field is missing"
    case .wrongType: "A value has the wrong type"
    case .invalidValue: "A value is out of bounds"
    case .unknownParameter: "A query parameter nobody knows"
    case .unauthenticated: "Who are you?"
    case .wrongCredentials: "Wrong e-mail address or password"
    case .sessionEnded: "The session is over"
    case .proOnly: "For Pro accounts"
    case .foreignOrigin: "Asked by another page"
    case .forbidden: "Not allowed"
    case .notFound: "Nothing is at this address"
    case .unknownRace: "No such race"
    case .unknownDriver: "No such driver in this race"
    case .unknownTeam: "No such team in this season"
    case .unknownCompound: "No such tyre in this race"
    case .unknownSimulation: "No such run"
    case .unknownUser: "No such account"
    case .unknownJob: "No such job"
    case .methodNotAllowed: "Wrong method for this address"
    case .notAcceptable: "Not available in the form asked for"
    case .slowRequest: "The request came too slowly"
    case .conflict: "Somebody was faster"
    case .nameTaken: "The name is taken"
    case .emailRefused: "The e-mail address cannot be used"
    case .noPassword: "The account has no password"
    case .decisionInThePast: "That lap has been driven"
    case .alreadyFinished: "The run is over"
    case .notFinished: "The run goes on"
    case .keyReused: "This idempotency key belongs to another request"
    case .tooLarge: "The request is too large"
    case .unsupportedMediaType: "The body has the wrong type"
    case .ruleRefused: "Against the rules"
    case .notPlayable: "This car or race cannot be played"
    case .noAutopsy: "This race cannot be taken apart"
    case .tooManyRequests: "Too many requests"
    case .internalError: "Our mistake"
    case .overloaded: "More work than we can take"
    case .databaseAway: "The database is away"
    case .readOnly: "This server only answers questions"
    case .projectionStopped: "The projections have stopped"
    case .notReady: "Not ready yet"
    case .timedOut: "It took too long"
    case .positionNotReached: "The projections are not that far yet"
    case .notSigned: "The log is not signed that far yet"
    }
  }
}
