import Racing

extension CSVReader {
  /// A duration in milliseconds; nil where the cell says that there is none.
  func duration(_ column: Column) throws(TimingError) -> Int64? {
    if isNull(column) { return nil }
    guard let value = withBytes(column, fastF1Milliseconds) else {
      throw bad(column, "a duration, as 0 days 00:01:23.456 or 83.456")
    }
    return value
  }

  /// A whole number that may be written as `12.0`; nil where the cell says that there is none.
  func wholeOrDecimal(_ column: Column) throws(TimingError) -> Int? {
    if isNull(column) { return nil }
    guard let value = withBytes(column, wholeOrPointZero) else { throw bad(column, "a whole number, as 12 or 12.0") }
    return value
  }

  /// `True`, `False`, `true`, `false`, `1`, `0`, `1.0` or `0.0`; nil where the cell says that there is none.
  func spelledFlag(_ column: Column) throws(TimingError) -> Bool? {
    if isNull(column) { return nil }
    switch text(column) {
    case "True", "true", "TRUE", "1", "1.0": return true
    case "False", "false", "FALSE", "0", "0.0": return false
    default: throw bad(column, "True or False")
    }
  }

  /// A compound's name, also of 2018; nil for `UNKNOWN`, `TEST_UNKNOWN` and where the cell says that there is none.
  func spelledCompound(_ column: Column) throws(TimingError) -> String? {
    if isNull(column) || withBytes(column, { matches($0, "UNKNOWN") || matches($0, "TEST_UNKNOWN") }) { return nil }
    let name = text(column)
    if CompoundNames.absoluteOnly.contains(name) { return name }
    return try compound(column)?.name
  }

  /// Track-status digits, also as `24.0`; the digit 0 of old files says nothing and is left out.
  func spelledTrackStatus(_ column: Column) throws(TimingError) -> String {
    if isNull(column) { return "" }
    var digits = text(column)[...]
    if digits.hasSuffix(".0") { digits = digits.dropLast(2) }
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else {
      throw bad(column, "track-status digits 1 to 7")
    }
    return String(digits.filter { $0 != "0" })
  }

  /// The text; empty where the cell says that there is none.
  func spelledText(_ column: Column) -> String {
    isNull(column) ? "" : text(column)
  }

  /// The cell says that there is no value.
  func isNull(_ column: Column) -> Bool {
    withBytes(column, isFastF1Null)
  }
}

/// The number in `12` or `12.0`; nil for anything else, and for what does not fit 32 bits.
private func wholeOrPointZero(_ bytes: Span<UInt8>) -> Int? {
  var end = bytes.count
  if let point = (0..<bytes.count).first(where: { bytes[$0] == UInt8(ascii: ".") }) {
    guard (point + 1..<bytes.count).allSatisfy({ bytes[$0] == UInt8(ascii: "0") }) else { return nil }
    end = point
  }
  return wholeNumber(bytes.extracting(0..<end)).flatMap { Int32(exactly: $0) }.map(Int.init)
}
