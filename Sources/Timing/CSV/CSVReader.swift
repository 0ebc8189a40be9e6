/// Reads a CSV file (RFC 4180) row by row over its bytes. Cells are ranges of the file: a row costs no allocation.
///
/// A byte order mark, LF or CRLF, and quoted cells are understood; blank lines are skipped; every row must have as many
/// cells as the header. Columns are looked up by name, and columns nobody asks for are ignored.
struct CSVReader: Sendable {
  /// A column of the header, found by name.
  struct Column: Sendable {
    /// The name in the header.
    let name: String
    /// Where it stands; -1 when the file lacks it, and then its cells are empty.
    let index: Int

    /// The file has the column.
    var isPresent: Bool { index >= 0 }
  }

  /// The path, for messages.
  let file: String
  /// The names of the columns.
  private(set) var header: [String] = []
  /// The line of the current row, from 1.
  private(set) var line = 0

  private var scanner: CSVScanner
  private var rowCount = 0
  private let limits: ReadingLimits

  /// Checks the encoding and reads the header.
  ///
  /// - Throws: `invalidUTF8`, `emptyFile`, and what a malformed header gives.
  /// - Complexity: O(bytes).
  init(_ input: InputFile, limits: ReadingLimits = ReadingLimits()) throws(TimingError) {
    file = input.path
    self.limits = limits
    scanner = CSVScanner(file: input.path, bytes: input.bytes, limits: limits)
    try scanner.checkEncoding()
    guard try scanner.scanRow() else { throw .emptyFile(file: file) }
    line = scanner.rowLine
    header = (0..<scanner.cells.count).map { scanner.text($0) }
    for (index, name) in header.enumerated() where !name.isEmpty && header[..<index].contains(name) {
      throw .repeatedColumn(file: file, column: name)
    }
  }

  /// Moves to the next row; false at the end.
  ///
  /// - Throws: `wrongCellCount`, `truncatedLine`, `unclosedQuote`, `strayQuote`, `cellTooLarge`, `tooMany`.
  mutating func next() throws(TimingError) -> Bool {
    guard try scanner.scanRow() else { return false }
    line = scanner.rowLine
    rowCount += 1
    if rowCount > limits.rows { throw .tooMany(place, what: "rows", limit: limits.rows) }
    let found = scanner.cells.count
    guard found == header.count else {
      if scanner.rowIsCutOff && found < header.count {
        throw .truncatedLine(place, expected: header.count, found: found)
      }
      throw .wrongCellCount(place, expected: header.count, found: found)
    }
    return true
  }

  /// The column with that name.
  ///
  /// - Throws: `missingColumn`.
  func column(_ name: String) throws(TimingError) -> Column {
    guard let index = header.firstIndex(of: name) else {
      throw .missingColumn(file: file, column: name, found: header)
    }
    return Column(name: name, index: index)
  }

  /// The column with that name, or one whose cells are always empty.
  func optionalColumn(_ name: String) -> Column {
    Column(name: name, index: header.firstIndex(of: name) ?? -1)
  }

  /// The current row.
  var place: TimingError.Place { TimingError.Place(file: file, line: line) }

  /// A cell of the current row.
  func place(_ column: Column) -> TimingError.Place {
    TimingError.Place(file: file, line: line, column: column.name)
  }

  /// The cell's text.
  func text(_ column: Column) -> String {
    column.isPresent ? scanner.text(column.index) : ""
  }

  /// The cell has no bytes.
  func isEmpty(_ column: Column) -> Bool {
    !column.isPresent || scanner.cells[column.index].isEmpty
  }

  /// Hands the bytes of the cell to `body`, without quotes around them; doubled quotes inside stay doubled.
  func withBytes<Result>(_ column: Column, _ body: (Span<UInt8>) -> Result) -> Result {
    column.isPresent ? scanner.withBytes(column.index, body) : body(Span())
  }
}
