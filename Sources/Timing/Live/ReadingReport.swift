/// What became of the lines of one input. Nothing that is skipped is skipped in silence.
public struct ReadingReport: Sendable, Equatable {
  /// A line that was skipped.
  public struct Skip: Sendable, Equatable {
    /// The line, or the value of a recording, from 1.
    public var line: Int
    /// Where it begins in the input, in bytes.
    public var byteOffset: Int
    /// Why it was skipped.
    public var reason: String
  }

  /// How many skipped lines are described; the others are counted.
  public static let mostDescribed = 20

  /// The file, topic or recording.
  public var input: String
  /// Lines, or values of a recording, without blank ones.
  public var lines = 0
  /// Lines that were read.
  public var accepted = 0
  /// The first skipped lines.
  public private(set) var skips: [Skip] = []
  /// Lines that were skipped.
  public private(set) var skipped = 0
  /// Lines whose stamp lies before the one above.
  public var backwardStamps = 0
  /// Cars whose key is not a number.
  public var unknownCars = 0

  /// An empty report on that input.
  public init(input: String) {
    self.input = input
  }

  /// Counts a line that cannot be read.
  mutating func skip(line: Int, byteOffset: Int, _ reason: String) {
    skipped += 1
    guard skips.count < Self.mostDescribed else { return }
    skips.append(Skip(line: line, byteOffset: byteOffset, reason: reason))
  }
}
