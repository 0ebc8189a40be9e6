/// No Grand Prix comes near this many laps; more means that the file is something else.
let mostLaps = 500

/// How much a reader takes in before it refuses.
public struct ReadingLimits: Sendable, Equatable {
  /// Bytes of a file, and separately of what it unpacks to.
  public var fileBytes: Int
  /// Bytes of one cell.
  public var cellBytes: Int
  /// Columns of a header.
  public var columns: Int
  /// Rows of a file.
  public var rows: Int

  /// The usual limits: a whole season of laps fits many times.
  public init(
    fileBytes: Int = 256 << 20, cellBytes: Int = 64 << 10, columns: Int = 512, rows: Int = 5_000_000
  ) {
    self.fileBytes = fileBytes
    self.cellBytes = cellBytes
    self.columns = columns
    self.rows = rows
  }
}
