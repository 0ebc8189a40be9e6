public import Commands

/// Why an account could not be opened, found or given a token.
public enum AccountError: Error, Sendable, Equatable {
  /// A name has 1 to 64 characters, none of them a control character.
  case malformedName(String)
  /// Another account has the name already.
  case nameTaken(String)
  /// No such account.
  case unknownAccount(String)
  /// The log refused the registration.
  case refused(CommandError)
  /// The database cannot be reached.
  case unavailable(reason: String)
}

extension AccountError: CustomStringConvertible {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .malformedName(let name):
      "the name \"\(name.prefix(80))\" does not do: take 1 to 64 characters without control characters"
    case .nameTaken(let name): "the name \"\(name)\" belongs to somebody else: take another one"
    case .unknownAccount(let name): "there is no account \"\(name)\""
    case .refused(let error): "the log refused the registration: \(error)"
    case .unavailable(let reason): "the database cannot be reached: \(reason)"
    }
  }
}
