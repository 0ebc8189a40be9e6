public import Postgres
public import Racing

/// Why a race could not be stored or loaded.
public enum RaceStoreError: Error, Sendable, Equatable {
  /// The database failed or cannot be reached; nothing half-written is left.
  case database(PostgresError)
  /// What is stored cannot be read.
  case unreadable(RaceKey, ModelError)
  /// Another round of that season has the same name in URLs.
  case slugTaken(String, season: Int)
}

extension RaceStoreError: CustomStringConvertible {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .database(let error): "the race could not be stored or loaded: \(error)"
    case .unreadable(let key, let error):
      "what is stored of \(key.season), round \(key.round), cannot be read (\(error)): import it again"
    case .slugTaken(let slug, let season): "another race of \(season) is called \"\(slug)\": give this one another name"
    }
  }
}
