public import Racing

/// A race that was read, and what the reader has to say about it.
public struct ImportedRace: Sendable, Equatable {
  /// The race.
  public var record: RaceRecord
  /// Repairs and gaps, in the order met.
  public var notes: [ImportNote]
  /// Fields that sources tell differently, or that the laps prove wrong.
  public var disagreements: [Disagreement]
  /// Where each field came from; nil for a race of one source, which the record's own provenance names.
  public var fieldProvenance: FieldProvenance?

  /// A race with its notes.
  public init(record: RaceRecord, notes: [ImportNote] = [], disagreements: [Disagreement] = []) {
    self.record = record
    self.notes = notes
    self.disagreements = disagreements
  }
}

/// Something that was repaired, or that is missing or odd in the source. It did not stop the import.
public struct ImportNote: Sendable, Equatable {
  /// What the reader did about it.
  public enum Kind: String, Sendable {
    /// A value was put right or derived.
    case repair
    /// A fact is not in the source.
    case gap
    /// The value stays as the source has it, but contradicts another one.
    case conflict
  }

  /// What the reader did about it.
  public var kind: Kind
  /// The driver; nil for the whole race.
  public var driver: DriverCode?
  /// The lap; nil for all of them.
  public var lap: Int?
  /// What it is.
  public var text: String

  /// A note.
  public init(_ kind: Kind, driver: DriverCode? = nil, lap: Int? = nil, _ text: String) {
    self.kind = kind
    self.driver = driver
    self.lap = lap
    self.text = text
  }
}

extension ImportNote: CustomStringConvertible {
  /// `repair, VER lap 1: …`.
  public var description: String {
    let who = driver.map { ", \($0)" } ?? ""
    let when = lap.map { " lap \($0)" } ?? ""
    return "\(kind.rawValue)\(who)\(when): \(text)"
  }
}
