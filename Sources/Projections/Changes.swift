/// What changed since the changes were last taken: for writing through to tables. Bounded by what there is.
public struct Changes: Sendable {
  /// Ordinals of runs.
  public private(set) var runs: Set<UInt32> = []
  /// Ordinals of decisions: everything from here on is new.
  public private(set) var firstDecision: UInt32?
  /// Ordinals of players whose rating changed.
  public private(set) var players: Set<UInt32> = []
  /// Ordinals of circuits' seasons whose windows changed.
  public private(set) var cells: Set<Int> = []

  init() {}

  mutating func note(run: UInt32) { runs.insert(run) }
  mutating func note(decision: UInt32) { if firstDecision == nil { firstDecision = decision } }
  mutating func note(player: UInt32) { players.insert(player) }
  mutating func note(cell: Int) { cells.insert(cell) }
}

extension ReadModel {
  /// Begins to note what changes.
  public mutating func tracksChanges() { if changes == nil { changes = Changes() } }

  /// What changed since the last time; nil when it is not noted.
  public mutating func takeChanges() -> Changes? {
    guard let taken = changes else { return nil }
    changes = Changes()
    return taken
  }
}
