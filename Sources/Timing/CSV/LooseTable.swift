/// A small CSV file as text, by columns. A row that does not fit the header is counted and left out.
struct LooseTable: Sendable {
  private(set) var rows: [[String]] = []
  private(set) var report: ReadingReport
  private var columns: [String: Int] = [:]

  /// Reads the bytes: commas, quotes, LF or CRLF, with or without a byte order mark.
  init(_ bytes: [UInt8], input: String) {
    report = ReadingReport(input: input)
    var position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var width = 0
    while position < bytes.count {
      let begin = position
      guard let cells = LooseTable.row(bytes, &position) else { continue }
      if width == 0 {
        width = cells.count
        columns = Dictionary(zip(cells, cells.indices), uniquingKeysWith: { first, _ in first })
        continue
      }
      report.lines += 1
      if cells.count == width {
        rows.append(cells)
      } else {
        report.skip(
          line: report.lines, byteOffset: begin, "\(cells.count) cells where the header has \(width)")
      }
    }
    report.accepted = rows.count
  }

  /// The file has the column.
  func has(_ column: String) -> Bool { columns[column] != nil }

  /// The cell; nil where the column is missing, or the cell is empty or says that there is no value.
  func text(_ column: String, _ row: [String]) -> String? {
    guard let index = columns[column], row[index] != "\\N" else { return nil }
    return row[index].nonEmpty
  }

  /// The cell as a whole number.
  func whole(_ column: String, _ row: [String]) -> Int? { text(column, row).flatMap { Int($0) } }

  /// The cells of the next row; nil for a blank line.
  static func row(_ bytes: [UInt8], _ position: inout Int) -> [String]? {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var isBlank = true
    loop: while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case JSONByte.quote where isQuoted && position < bytes.count && bytes[position] == JSONByte.quote:
        cell.append(byte)
        position += 1
      case JSONByte.quote: isQuoted.toggle()
      case JSONByte.comma where !isQuoted:
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
      case JSONByte.newline where !isQuoted: break loop
      case 0x0d where !isQuoted: continue
      default: cell.append(byte)
      }
      isBlank = false
    }
    if isBlank { return nil }
    return cells + [String(decoding: cell, as: UTF8.self)]
  }
}
