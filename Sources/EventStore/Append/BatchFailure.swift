internal import Postgres

/// Why the database refused a batch as a whole, when nothing of it can have taken effect.
enum BatchFailure: Sendable, Equatable {
  /// It asks for the same again.
  case again(reason: String)
  /// Something in the batch is unacceptable; the other commands need not suffer for it.
  case content(reason: String)
  /// It does not write now: disk full, read only, no rights.
  case refused(reason: String)
}

extension PostgresError {
  /// What to do with the batch; nil when the link is to be given up and the batch's fate is unknown until it is sent
  /// again.
  var batchFailure: BatchFailure? {
    guard code == .server, let state = sqlState else {
      return code == .misuse || code == .decoding ? .content(reason: description) : nil
    }
    switch state.prefix(2) {
    case "08": return nil
    case "57": return state == "57014" ? .refused(reason: description) : nil
    case "40": return .again(reason: description)
    case "21", "22", "23", "54", "P0": return .content(reason: description)
    default: return .refused(reason: description)
    }
  }
}
