/// Rows of a CSV file of OpenF1. Its own writes lists in quotes; saved exports flatten them, so that rows have more cells
/// than the header.
struct OpenF1Table: Sendable {
  /// The name under which a flattened row has all its segments.
  static let flattened = "segments"

  private(set) var rows: [[String: JSONValue]] = []
  /// Rows without the header.
  private(set) var lines = 0
  private(set) var skips: [(line: Int, offset: Int, reason: String)] = []

  private var header: [String] = []
  /// The columns that hold lists.
  private var lists: Range<Int>?

  init(_ bytes: [UInt8], from start: Int) {
    var position = start
    while position < bytes.count {
      let begin = position
      guard let cells = LooseTable.row(bytes, &position) else { continue }
      if header.isEmpty {
        header = cells
        let indices = header.indices.filter { header[$0].hasPrefix("segments_") }
        if let first = indices.first, let last = indices.last { lists = first..<last + 1 }
      } else {
        lines += 1
        read(cells, at: begin)
      }
    }
  }

  private mutating func read(_ cells: [String], at offset: Int) {
    if cells.count == header.count {
      rows.append(Dictionary(zip(header, cells.map(OpenF1Table.value)), uniquingKeysWith: { first, _ in first }))
    } else if let lists, cells.count > header.count {
      rows.append(flattened(cells, lists))
    } else {
      skips.append((lines, offset, "\(cells.count) cells where the header has \(header.count)"))
    }
  }

  /// The columns before the lists from the left, those behind them from the right, and what is between as one list.
  private func flattened(_ cells: [String], _ lists: Range<Int>) -> [String: JSONValue] {
    let behind = header.count - lists.upperBound
    var row: [String: JSONValue] = [:]
    for index in 0..<lists.lowerBound { row[header[index]] = OpenF1Table.value(cells[index]) }
    for index in 0..<behind {
      row[header[lists.upperBound + index]] = OpenF1Table.value(cells[cells.count - behind + index])
    }
    row[OpenF1Table.flattened] = .array(cells[lists.lowerBound..<cells.count - behind].map(OpenF1Table.value))
    return row
  }

  /// A cell as JSON would have it: an empty one is null, a list in quotes is an array.
  private static func value(_ cell: String) -> JSONValue {
    switch cell {
    case "", "None", "null", "nan", "NaN": return .null
    case "True", "true": return .truth(true)
    case "False", "false": return .truth(false)
    default: break
    }
    if cell.hasPrefix("["), let list = JSONValue(Array(cell.utf8)) { return list }
    return .text(cell)
  }
}
