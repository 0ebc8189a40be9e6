import Racing

extension CSVReader {
  /// A whole number; nil where the cell is empty.
  ///
  /// - Throws: `badValue`, also for `nan`: unknown is an empty cell.
  func integer(_ column: Column) throws(TimingError) -> Int64? {
    if isEmpty(column) { return nil }
    guard let value = withBytes(column, wholeNumber) else { throw bad(column, "a whole number") }
    return value
  }

  /// A whole number that must be there.
  func requiredInteger(_ column: Column) throws(TimingError) -> Int64 {
    guard let value = try integer(column) else { throw .missingValue(place(column), expected: "a whole number") }
    return value
  }

  /// A whole number from 0 to `Int32.max`, such as a lap, a place or a count; nil where the cell is empty.
  func count(_ column: Column) throws(TimingError) -> Int? {
    guard let value = try integer(column) else { return nil }
    guard (0...Int64(Int32.max)).contains(value) else { throw bad(column, "a count") }
    return Int(value)
  }

  /// A count that must be there.
  func requiredCount(_ column: Column) throws(TimingError) -> Int {
    guard let value = try count(column) else { throw .missingValue(place(column), expected: "a count") }
    return value
  }

  /// 0 or 1; nil where the cell is empty.
  func flag(_ column: Column) throws(TimingError) -> Bool? {
    switch try integer(column) {
    case nil: nil
    case 0: false
    case 1: true
    default: throw bad(column, "0 or 1")
    }
  }

  /// A compound's name in upper case; nil where the cell is empty.
  func compound(_ column: Column) throws(TimingError) -> Compound? {
    if isEmpty(column) { return nil }
    guard let compound = Compound(name: text(column)) else {
      throw bad(column, "a compound: SOFT, MEDIUM, HARD, INTERMEDIATE or WET")
    }
    return compound
  }

  /// A driver's three-letter code.
  func driver(_ column: Column) throws(TimingError) -> DriverCode {
    if isEmpty(column) { throw .missingValue(place(column), expected: "a driver's three-letter code") }
    guard let code = DriverCode(text(column)) else { throw bad(column, "a driver's three-letter code") }
    return code
  }

  /// The season and round of the row.
  func raceKey(_ season: Column, _ round: Column) throws(TimingError) -> RaceKey {
    let year = try requiredCount(season)
    let number = try requiredCount(round)
    guard (1950...2200).contains(year) else { throw bad(season, "a season") }
    guard (1...99).contains(number) else { throw bad(round, "a round") }
    return RaceKey(season: Int16(year), round: Int16(number))
  }

  /// The error for a cell that does not hold what is expected.
  func bad(_ column: Column, _ expected: String) -> TimingError {
    .badValue(place(column), value: text(column), expected: expected)
  }
}

/// The decimal number written in the bytes; nil when they hold anything else or it does not fit.
func wholeNumber(_ bytes: Span<UInt8>) -> Int64? {
  let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
  let start = isNegative ? 1 : 0
  guard bytes.count > start, bytes.count - start <= 18 else { return nil }
  var value: Int64 = 0
  for index in start..<bytes.count {
    let digit = bytes[index] &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    value = value * 10 + Int64(digit)
  }
  return isNegative ? -value : value
}
