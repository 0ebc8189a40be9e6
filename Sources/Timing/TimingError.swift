/// Why a race could not be read. Nothing is half-read: an error means that no record was made.
public enum TimingError: Error, Sendable, Equatable {
  /// A cell: the file, the line from 1 (the header is line 1) and the column's name.
  public struct Place: Sendable, Equatable {
    /// The file's path.
    public var file: String
    /// The line on which the row begins, from 1.
    public var line: Int
    /// The column's name; empty where the whole row is meant.
    public var column: String

    /// That cell, or that row when `column` is left out.
    public init(file: String, line: Int, column: String = "") {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// There is nothing at that path that can be read as a race.
  case notFound(path: String, lookedFor: [String])
  /// The system could not read the file.
  case unreadable(file: String, reason: String)
  /// The file, or what it unpacks to, is larger than the limit.
  case tooLarge(file: String, limitBytes: Int)
  /// The file has no bytes, or nothing after the byte order mark.
  case emptyFile(file: String)
  /// The gzip stream ends too early.
  case truncatedGzip(file: String)
  /// The gzip stream is damaged.
  case corruptGzip(file: String, reason: String)
  /// The file has bytes that are not UTF-8, at that offset of the unpacked text.
  case invalidUTF8(file: String, line: Int, byteOffset: Int)

  /// A column that is needed is not in the header.
  case missingColumn(file: String, column: String, found: [String])
  /// The header names a column twice.
  case repeatedColumn(file: String, column: String)
  /// A row has too few or too many cells.
  case wrongCellCount(Place, expected: Int, found: Int)
  /// The last line ends in the middle: too few cells and no line end.
  case truncatedLine(Place, expected: Int, found: Int)
  /// A quoted cell is not closed before the file ends.
  case unclosedQuote(Place)
  /// A quote stands inside a cell, or something follows a closing quote.
  case strayQuote(Place)
  /// A cell or a header is larger than the limit.
  case cellTooLarge(Place, limitBytes: Int)
  /// A header has more columns, or a file more rows, than the limit.
  case tooMany(Place, what: String, limit: Int)

  /// A cell does not say what its column promises.
  case badValue(Place, value: String, expected: String)
  /// A cell that must have a value is empty.
  case missingValue(Place, expected: String)
  /// A driver has the same lap twice.
  case duplicateLap(Place, driver: String, lap: Int, firstLine: Int)
  /// A driver has two rows in a table with one row a driver.
  case duplicateDriver(Place, driver: String, firstLine: Int)
  /// Two rows describe the same race.
  case duplicateRace(Place, race: String, firstLine: Int)

  /// The source does not hold that race.
  case unknownRace(source: String, race: String, held: [String])
  /// The source holds several races and none was chosen.
  case raceNotChosen(source: String, held: [String])
  /// A fact that the source lacks was not given.
  case factNotGiven(source: String, fact: String, remedy: String)
  /// The source has no laps of that race.
  case noLaps(source: String)
}
