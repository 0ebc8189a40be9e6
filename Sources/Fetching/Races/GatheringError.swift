/// Why no race came of asking.
public enum GatheringError: Error, Sendable, Equatable {
  /// The season has no such Grand Prix; known are those it has.
  case unknownRace(season: Int, slug: String, known: [String])
  /// No source gave the race; what each said.
  case nothing([SourceReport])
  /// What came cannot be read as a race.
  case unreadable(String)
  /// The cache cannot be written.
  case storage(String)
  /// The task was cancelled; what came is kept.
  case cancelled
}

extension GatheringError: CustomStringConvertible {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownRace(let season, let slug, let known):
      "No source knows a Grand Prix '\(slug)' in \(season). Known are: \(known.isEmpty ? "none" : known.joined(separator: ", "))."
    case .nothing(let reports):
      "No source gave the race. " + reports.map { "\($0)" }.joined(separator: " ")
    case .unreadable(let reason): "What came cannot be read as a race: \(reason)"
    case .storage(let reason): "The cache cannot be used: \(reason). Check its folder, or name another with --cache."
    case .cancelled: "Cancelled; what came so far is kept."
    }
  }
}
