import Events
import Postgres

extension Problem {
  /// The problem a failed query is for whoever asked. What PostgreSQL said stays in the log.
  init(_ error: PostgresError) {
    switch error.code {
    case .connectionFailed, .connectionLost, .closed:
      self.init(.databaseAway, "The database cannot be reached; send it again.", retryAfterSeconds: 1)
    case .poolExhausted, .inboxFull:
      self.init(.overloaded, "Too many queries wait for the database.", retryAfterSeconds: 1)
    case .timeout: self.init(.timedOut, "The database took too long.", retryAfterSeconds: 1)
    case .server where error.sqlState.map({ $0.hasPrefix("57") || $0.hasPrefix("53") || $0.hasPrefix("08") }) == true:
      self.init(.databaseAway, "The database refuses work at the moment.", retryAfterSeconds: 1)
    case .server where error.sqlState == PostgresError.readOnlyTransaction: self = .readOnly
    default: self.init(.internalError, "A query failed.")
    }
  }

  /// A replica was asked for something that is written down.
  static let readOnly = Problem(
    .readOnly, "What is asked for is written down, and this server only reads; ask one that writes.")

  /// The problem a failed read of the log is for whoever asked.
  init(_ error: ReadError) {
    switch error {
    case .unavailable:
      self.init(.databaseAway, "The log cannot be read at the moment.", retryAfterSeconds: 1)
    case .undecodable(let position, _):
      self.init(.internalError, "The event at position \(position.rawValue) cannot be understood.")
    }
  }

  /// The problem a failed account command is for whoever sent it.
  /// - Parameter password: where a new password stands in the body.
  init(_ error: AccountError, at password: String? = nil) {
    switch error {
    case .malformedName: self.init(.invalidValue, Self.sentence(error.description), pointer: "/name")
    case .nameTaken: self.init(.nameTaken, Self.sentence(error.description), pointer: "/name")
    case .malformedEmail: self.init(.invalidValue, Self.sentence(error.description), pointer: "/email")
    case .emailRefused: self.init(.emailRefused, Self.sentence(error.description), pointer: "/email")
    case .weakPassword: self.init(.invalidValue, Self.sentence(error.description), pointer: password)
    case .wrongCredentials: self.init(.wrongCredentials, Self.sentence(error.description))
    case .noPassword: self.init(.noPassword, Self.sentence(error.description))
    case .sessionEnded: self.init(.sessionEnded, Self.sentence(error.description))
    case .unknownAccount: self.init(.unknownUser, Self.sentence(error.description))
    case .overloaded: self.init(.overloaded, Self.sentence(error.description), retryAfterSeconds: 5)
    case .refused(let refusal): self.init(refusal)
    case .unavailable:
      self.init(.databaseAway, "The database cannot be reached; send it again.", retryAfterSeconds: 1)
    }
  }
}
