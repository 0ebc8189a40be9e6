/// Splits bytes into rows and cells; knows nothing of names and values.
struct CSVScanner: Sendable {
  /// Where a cell's content lies, without the quotes around it.
  struct Cell: Sendable {
    var start: Int
    var end: Int
    var hasDoubledQuotes: Bool
    var isEmpty: Bool { start == end }
  }

  /// The cells of the row scanned last.
  private(set) var cells: [Cell] = []
  /// The line on which that row begins, from 1.
  private(set) var rowLine = 0
  /// That row was ended by the end of the file and not by a line end.
  private(set) var rowIsCutOff = false

  private let file: String
  private let bytes: [UInt8]
  private let limits: ReadingLimits
  private var position = 0
  private var nextLine = 1

  /// A scanner at the first byte after the byte order mark.
  init(file: String, bytes: [UInt8], limits: ReadingLimits) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// Refuses bytes that are not UTF-8. O(bytes).
  func checkEncoding() throws(TimingError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let line = 1 + bytes[..<offset].count { $0 == newline }
      throw .invalidUTF8(file: file, line: line, byteOffset: offset)
    }
  }

  /// Scans the next row that is not blank; false at the end of the file.
  mutating func scanRow() throws(TimingError) -> Bool {
    skipBlankLines()
    guard position < bytes.count else { return false }
    rowLine = nextLine
    rowIsCutOff = false
    cells.removeAll(keepingCapacity: true)
    while try scanCell() {
      if cells.count > limits.columns { throw .tooMany(place, what: "columns", limit: limits.columns) }
    }
    return true
  }

  /// Hands over the cell's bytes as they stand in the file.
  func withBytes<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(bytes.span.extracting(cells[index].start..<cells[index].end))
  }

  /// The cell's text, doubled quotes undone.
  func text(_ index: Int) -> String {
    let cell = cells[index]
    guard cell.hasDoubledQuotes else { return String(decoding: bytes[cell.start..<cell.end], as: UTF8.self) }
    var content: [UInt8] = []
    var at = cell.start
    while at < cell.end {
      content.append(bytes[at])
      at += bytes[at] == quote ? 2 : 1
    }
    return String(decoding: content, as: UTF8.self)
  }

  private var place: TimingError.Place { TimingError.Place(file: file, line: rowLine) }

  private mutating func skipBlankLines() {
    while position < bytes.count, bytes[position] == newline || bytes[position] == carriageReturn {
      if bytes[position] == newline { nextLine += 1 }
      position += 1
    }
  }

  /// Scans one cell; false when it was the last of its row.
  private mutating func scanCell() throws(TimingError) -> Bool {
    let isQuoted = position < bytes.count && bytes[position] == quote
    let cell = isQuoted ? try scanQuoted() : try scanPlain()
    if cell.end - cell.start > limits.cellBytes { throw .cellTooLarge(place, limitBytes: limits.cellBytes) }
    cells.append(cell)
    return try scanSeparator()
  }

  private mutating func scanPlain() throws(TimingError) -> Cell {
    let start = position
    position = try plainEnd(from: start)
    return Cell(start: start, end: position, hasDoubledQuotes: false)
  }

  private func plainEnd(from start: Int) throws(TimingError) -> Int {
    let span = bytes.span
    var at = start
    while at < span.count {
      switch span[at] {
      case comma, newline, carriageReturn: return at
      case quote: throw .strayQuote(place)
      default: at += 1
      }
    }
    return at
  }

  private mutating func scanQuoted() throws(TimingError) -> Cell {
    let start = position + 1
    var at = start
    var hasDoubledQuotes = false
    while at < bytes.count {
      if bytes[at] == newline { nextLine += 1 }
      if bytes[at] == quote {
        guard at + 1 < bytes.count, bytes[at + 1] == quote else {
          position = at + 1
          return Cell(start: start, end: at, hasDoubledQuotes: hasDoubledQuotes)
        }
        hasDoubledQuotes = true
        at += 1
      }
      at += 1
    }
    throw .unclosedQuote(place)
  }

  /// Steps over what follows a cell; true for a comma.
  private mutating func scanSeparator() throws(TimingError) -> Bool {
    guard position < bytes.count else {
      rowIsCutOff = true
      return false
    }
    switch bytes[position] {
    case comma:
      position += 1
      return true
    case newline, carriageReturn:
      let isCRLF = bytes[position] == carriageReturn && position + 1 < bytes.count && bytes[position + 1] == newline
      position += isCRLF ? 2 : 1
      nextLine += 1
      return false
    default: throw .strayQuote(place)
    }
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
