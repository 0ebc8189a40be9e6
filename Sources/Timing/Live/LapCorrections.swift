/// What is put right in FastF1's way of making laps. Without any the laps are FastF1 3.9's, cell by cell.
public struct LapCorrections: OptionSet, Sendable, Hashable {
  /// One bit a correction.
  public let rawValue: UInt8

  /// The corrections with those bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// C1: a lap of 150 s and more whose time came before its last sector is kept when its sectors agree.
  public static let longLaps = LapCorrections(rawValue: 1)
  /// C2: cars are aligned by the commonest estimate of all laps, not by the first.
  public static let alignment = LapCorrections(rawValue: 2)
  /// C3: a tyre message that leaves out unchanged values takes them from the set it speaks of.
  public static let tyreMemory = LapCorrections(rawValue: 4)
  /// C4: laps before the first tyre message were driven on its set.
  public static let firstTyres = LapCorrections(rawValue: 8)
  /// C8: a missing end of the second sector does not take the third out of the sum.
  public static let sectorSums = LapCorrections(rawValue: 16)
  /// C10: whether tyres are fresh is unknown where the feed does not say it.
  public static let unknownFreshness = LapCorrections(rawValue: 32)
  /// C5: deletions of whole laps are read, and times of ten minutes and more.
  public static let deletions = LapCorrections(rawValue: 64)

  /// Every correction.
  public static let all: LapCorrections = [
    .longLaps, .alignment, .tyreMemory, .firstTyres, .sectorSums, .unknownFreshness, .deletions,
  ]

  /// Each correction with its name, in the order applied.
  public static let named: [(name: String, correction: LapCorrections)] = [
    ("C1", .longLaps), ("C8", .sectorSums), ("C2", .alignment), ("C3", .tyreMemory), ("C4", .firstTyres),
    ("C10", .unknownFreshness), ("C5", .deletions),
  ]
}
