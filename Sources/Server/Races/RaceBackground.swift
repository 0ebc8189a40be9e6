public import Fetching
public import Timing

/// What is known of a race besides its record: where it came from, and what its sources do not agree on.
public struct RaceBackground: Sendable {
  /// Fields that the sources tell differently.
  public var disagreements: [Disagreement]
  /// The source of each field; nil for a race of one source.
  public var fields: FieldProvenance?
  /// The bodies that it was read from; none for a race from files.
  public var bodies: [StoredBody]

  /// Nothing is known.
  public init() {
    disagreements = []
    bodies = []
  }

  /// What a reader says of a race.
  public init(_ race: ImportedRace, bodies: [StoredBody] = []) {
    disagreements = race.disagreements
    fields = race.fieldProvenance
    self.bodies = bodies
  }
}
