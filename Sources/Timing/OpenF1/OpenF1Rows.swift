/// The rows of one answer of OpenF1, or of a file that was saved from one, as JSON or CSV.
struct OpenF1Rows: Sendable {
  /// The rows in their order.
  private(set) var rows: [[String: JSONValue]] = []
  /// What was read and what was skipped. `lines` counts rows.
  private(set) var report: ReadingReport

  /// Reads the bytes of an answer.
  init(_ bytes: [UInt8], input: String) {
    report = ReadingReport(input: input)
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let start = bytes.starts(with: mark) ? 3 : 0
    switch bytes[start...].first(where: { $0 > 0x20 }) {
    case JSONByte.openBracket: readArray(bytes, from: start)
    case JSONByte.openBrace: readObject(bytes, from: start)
    case UInt8(ascii: "<"): report.skip(line: 1, byteOffset: 0, "this is a web page: the server answered with an error")
    case nil: break
    default: readTable(bytes, from: start)
    }
    report.accepted = report.lines - report.skipped
    keepNewest()
  }

  /// What is pushed has a key and a rising identifier: the same key again is a newer version of the row.
  private mutating func keepNewest() {
    var places: [String: Int] = [:]
    var kept: [[String: JSONValue]] = []
    for row in rows {
      guard let key = row["_key"]?.string else {
        kept.append(row)
        continue
      }
      guard let place = places[key] else {
        places[key] = kept.count
        kept.append(row)
        continue
      }
      if (row["_id"]?.decimal ?? 0) >= (kept[place]["_id"]?.decimal ?? 0) { kept[place] = row }
    }
    rows = kept
  }

  /// An array is read element by element, so that a damaged one costs itself alone.
  private mutating func readArray(_ bytes: [UInt8], from start: Int) {
    guard let open = bytes[start...].firstIndex(of: JSONByte.openBracket) else { return }
    let close = bytes.lastIndex(of: JSONByte.closeBracket) ?? bytes.count
    var values = RecordingValues()
    let elements = Array(bytes[(open + 1)..<max(open + 1, close)])
    var pieces: [(piece: RecordingValues.Piece, offset: Int)] = []
    values.take(elements) { _, piece, offset in pieces.append((piece, offset)) }
    var rest: [UInt8] = []
    var restPieces: [RecordingValues.Piece] = []
    values.finish { bytes, piece, _ in
      rest = bytes
      restPieces.append(piece)
    }
    for (piece, offset) in pieces { read(piece, elements, open + 1 + offset) }
    for piece in restPieces { read(piece, rest, open + 1) }
  }

  private mutating func read(_ piece: RecordingValues.Piece, _ bytes: [UInt8], _ offset: Int) {
    report.lines += 1
    switch piece {
    case .value(let range):
      var scanner = JSONScanner(bytes, in: range)
      let value = scanner.value()
      guard scanner.isAtEnd(), case .object(let row) = value else {
        return report.skip(line: report.lines, byteOffset: offset + range.lowerBound, "the row is damaged")
      }
      rows.append(row)
    case .junk(let range):
      report.skip(line: report.lines, byteOffset: offset + range.lowerBound, "this is no row")
    }
  }

  /// `{"detail":"No results found."}` is an ordinary answer without rows; one row may stand without its array.
  private mutating func readObject(_ bytes: [UInt8], from start: Int) {
    guard case .object(let row) = JSONValue(Array(bytes[start...])) else {
      report.lines += 1
      return report.skip(line: 1, byteOffset: start, "this is neither rows nor an answer of OpenF1")
    }
    if row["detail"] != nil, row["session_key"] == nil { return }
    report.lines += 1
    rows.append(row)
  }

  private mutating func readTable(_ bytes: [UInt8], from start: Int) {
    let table = OpenF1Table(bytes, from: start)
    rows = table.rows
    report.lines = table.lines
    for skip in table.skips { report.skip(line: skip.line, byteOffset: skip.offset, skip.reason) }
  }
}
