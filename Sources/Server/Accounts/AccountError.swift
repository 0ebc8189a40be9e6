public import Commands

/// Why an account could not be opened, found, changed or given a token.
public enum AccountError: Error, Sendable, Equatable {
  /// A name has 1 to 64 characters, none of them a control character.
  case malformedName(String)
  /// Another account has the name already.
  case nameTaken(String)
  /// That is no e-mail address.
  case malformedEmail
  /// The e-mail address cannot be used for this account.
  case emailRefused
  /// The password is too easy to guess; what to do.
  case weakPassword(String)
  /// There is no account with that e-mail address and password. Says no more, whichever is wrong.
  case wrongCredentials
  /// The account signs in with tokens only and has no password.
  case noPassword
  /// The session is over, or never was.
  case sessionEnded
  /// No such account.
  case unknownAccount(String)
  /// The log refused the registration.
  case refused(CommandError)
  /// Too many passwords are waiting to be checked.
  case overloaded
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
    case .malformedEmail: "that is not an e-mail address: something@example.org was expected"
    case .emailRefused: "this e-mail address cannot be used here: take another one, or sign in if it is yours"
    case .weakPassword(let reason): "the password does not do: \(reason)"
    case .wrongCredentials: "there is no account with this e-mail address and password"
    case .noPassword: "the account has no password; an operator can set one with 'blame users set-password'"
    case .sessionEnded: "the session is over: sign in again"
    case .unknownAccount(let name): "there is no account \"\(name)\""
    case .refused(let error): "the log refused the registration: \(error)"
    case .overloaded: "too many passwords are waiting to be checked: try again in a few seconds"
    case .unavailable(let reason): "the database cannot be reached: \(reason)"
    }
  }
}
