/// Columns of text for people: left-aligned words, right-aligned numbers.
struct TextTable {
  /// How a column's cells stand.
  enum Alignment { case left, right }

  private let headers: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A column is a header and how its cells stand.
  init(_ columns: [(String, Alignment)]) {
    headers = columns.map(\.0)
    alignments = columns.map(\.1)
  }

  /// Adds a row with one cell for every column.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == headers.count, "a row needs a cell for every column")
    rows.append(cells)
  }

  /// The lines, header first.
  var lines: [String] {
    let widths = headers.indices.map { column in
      max(headers[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    let head = Terminal.bold(line(headers, widths))
    return [head] + rows.map { line($0, widths) }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for column in cells.indices {
      let padding = String(repeating: " ", count: widths[column] - cells[column].count)
      text += alignments[column] == .left ? cells[column] + padding : padding + cells[column]
      if column < cells.count - 1 { text += "  " }
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
