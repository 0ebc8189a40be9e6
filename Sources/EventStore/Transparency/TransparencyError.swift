public import Events

/// Why the transparency log cannot be read or does not go on.
public enum TransparencyError: Error, Sendable, Equatable {
  /// The database cannot be reached.
  case unavailable(reason: String)
  /// No checkpoint has been signed yet.
  case noCheckpoint
  /// The log is signed only up to here.
  case notSignedYet(Position, signed: Position)
  /// There is no such size, or a position beyond it.
  case outOfRange(String)
  /// The log's own hashes contradict a checkpoint that was signed: never go on from here.
  case forked(String)
  /// The log belongs to another key, or goes by another name.
  case otherIdentity(String)
}

extension TransparencyError: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .unavailable(let reason): "the database cannot be reached: \(reason)"
    case .noCheckpoint: "no checkpoint of the log has been signed yet"
    case .notSignedYet(let position, let signed):
      "the log is signed up to event \(signed.rawValue), not yet to \(position.rawValue)"
    case .outOfRange(let text), .forked(let text), .otherIdentity(let text): text
    }
  }
}
