import Testing

@testable import Timing

@Suite struct CSVReaderTests {
  private func rows(_ text: String) throws -> [[String]] {
    var reader = try reader(text)
    let columns = try reader.header.map { try reader.column($0) }
    var rows: [[String]] = []
    while try reader.next() { rows.append(columns.map { reader.text($0) }) }
    return rows
  }

  @Test(arguments: ["a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "\u{feff}a,b\n1,2\n\n3,4", "a,b\n\"1\",2\r\n3,\"4\""])
  func `line ends, a byte order mark, blank lines and quotes make no difference`(text: String) throws {
    #expect(try rows(text) == [["1", "2"], ["3", "4"]])
  }

  @Test func `quoted cells hold commas, line ends and doubled quotes`() throws {
    #expect(try rows("a,b\n\"x,\"\"y\"\"\nz\",\"\"\n") == [["x,\"y\"\nz", ""]])
  }

  @Test func `an error after a quoted line end names the right line`() throws {
    #expect(
      timingError { _ = try rows("a,b\n\"x\ny\",1\n2\n") }
        == .wrongCellCount(.init(file: "test.csv", line: 4), expected: 2, found: 1))
  }

  @Test func `a last line that ends in the middle is told from a short row`() throws {
    let place = TimingError.Place(file: "test.csv", line: 3)
    #expect(timingError { _ = try rows("a,b,c\n1,2,3\n4,5") } == .truncatedLine(place, expected: 3, found: 2))
    #expect(timingError { _ = try rows("a,b,c\n1,2,3\n4,5\n") } == .wrongCellCount(place, expected: 3, found: 2))
    #expect(timingError { _ = try rows("a,b\n1,2\n4,5,6\n") } == .wrongCellCount(place, expected: 2, found: 3))
  }

  @Test func `quotes in the wrong place are refused`() throws {
    let place = TimingError.Place(file: "test.csv", line: 2)
    #expect(timingError { _ = try rows("a\n\"open\n") } == .unclosedQuote(place))
    #expect(timingError { _ = try rows("a\nx\"y\n") } == .strayQuote(place))
    #expect(timingError { _ = try rows("a\n\"x\"y\n") } == .strayQuote(place))
  }

  @Test func `a huge cell, too many columns and too many rows are refused`() throws {
    let limits = ReadingLimits(cellBytes: 10, columns: 3, rows: 2)
    let place = TimingError.Place(file: "test.csv", line: 2)
    #expect(
      timingError {
        var reader = try reader("a\n\(String(repeating: "x", count: 11))\n", limits: limits)
        _ = try reader.next()
      } == .cellTooLarge(place, limitBytes: 10))
    #expect(
      timingError { _ = try reader("a,b,c,d,e\n", limits: limits) }
        == .tooMany(.init(file: "test.csv", line: 1), what: "columns", limit: 3))
    #expect(
      timingError {
        var reader = try reader("a\n1\n2\n3\n", limits: limits)
        while try reader.next() {}
      } == .tooMany(.init(file: "test.csv", line: 4), what: "rows", limit: 2))
  }

  @Test func `columns are found by name, and a missing or repeated one is named`() throws {
    let reader = try reader("a,b\n1,2\n")
    #expect(
      timingError { _ = try reader.column("c") } == .missingColumn(file: "test.csv", column: "c", found: ["a", "b"]))
    #expect(!reader.optionalColumn("c").isPresent)
    #expect(timingError { _ = try Self.open("a,b,a\n") } == .repeatedColumn(file: "test.csv", column: "a"))
  }

  @Test func `bytes that are not UTF-8 are refused with their place`() throws {
    let file = try InputFile(path: "bad.csv", stored: Array("a,b\n1,".utf8) + [0xff, 0x0a])
    #expect(timingError { _ = try CSVReader(file) } == .invalidUTF8(file: "bad.csv", line: 2, byteOffset: 6))
  }

  @Test func `an empty file and one of only a byte order mark are refused`() throws {
    #expect(timingError { _ = try input("") } == .emptyFile(file: "test.csv"))
    #expect(timingError { _ = try reader("\u{feff}") } == .emptyFile(file: "test.csv"))
  }

  @Test(arguments: ["nan", "1.5", "1e3", "--1", "-", " 1", "9999999999999999999"])
  func `what is not a whole number is refused with its place and value`(cell: String) throws {
    var reader = try reader("a,lap\n1,\(cell)\n")
    let column = try reader.column("lap")
    _ = try reader.next()
    let place = TimingError.Place(file: "test.csv", line: 2, column: "lap")
    #expect(
      timingError { _ = try reader.integer(column) } == .badValue(place, value: cell, expected: "a whole number"))
  }

  @Test func `every error says where, what and what to do`() throws {
    let error = TimingError.badValue(.init(file: "laps.csv", line: 7, column: "lap"), value: "x", expected: "a count")
    #expect(error.description == "laps.csv:7, column lap: 'x' is not a count.")
    #expect(TimingError.emptyFile(file: "f").description.contains("Export or download it again"))
  }

  private static func open(_ text: String) throws -> CSVReader { try Timing.CSVReader(input(text)) }
}
