extension Timestamp: CustomStringConvertible {
  /// `2026-11-23T21:00:00.123456Z`: always six decimals, always UTC.
  public var description: String {
    let fields = fields
    func padded(_ value: Int64, _ count: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    let date = "\(padded(fields.year, 4))-\(padded(fields.month, 2))-\(padded(fields.day, 2))"
    let time = "\(padded(fields.hour, 2)):\(padded(fields.minute, 2)):\(padded(fields.second, 2))"
    return "\(date)T\(time).\(padded(fields.microsecond, 6))Z"
  }

  /// The parts of the date and the time of day.
  var fields: Fields {
    let (day, time) = divided(microseconds, by: 86_400_000_000)
    let date = CivilDate(daysSinceEpoch: day)
    return Fields(
      year: date.year, month: date.month, day: date.day, hour: time / 3_600_000_000, minute: time / 60_000_000 % 60,
      second: time / 1_000_000 % 60, microsecond: time % 1_000_000)
  }

  /// A moment taken apart.
  struct Fields {
    let year, month, day, hour, minute, second, microsecond: Int64
  }

  /// The moment that a text of exactly that form names; nil for anything else, also for days that do not exist.
  public init?(text: UnsafeRawBufferPointer) {
    let pattern: StaticString = "0000-00-00T00:00:00.000000Z"
    guard text.count == pattern.utf8CodeUnitCount else { return nil }
    for index in 0..<text.count {
      let expected = pattern.utf8Start[index]
      let isDigit = (48...57).contains(text[index])
      guard expected == UInt8(ascii: "0") ? isDigit : text[index] == expected else { return nil }
    }
    func number(_ start: Int, _ count: Int) -> Int64 {
      text[start..<(start + count)].reduce(0) { $0 * 10 + Int64($1 - 48) }
    }
    let date = CivilDate(year: number(0, 4), month: number(5, 2), day: number(8, 2))
    let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
    guard (1...12).contains(date.month), hour < 24, minute < 60, second < 60,
      CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date
    else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    self.init(microseconds: seconds * 1_000_000 + number(20, 6))
  }
}

/// A day of the Gregorian calendar, in both directions without a table.
private struct CivilDate: Equatable {
  let year: Int64
  let month: Int64
  let day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Counts in eras of 400 years that begin in March, so that the leap day is the last of a year.
  init(daysSinceEpoch: Int64) {
    let (era, dayOfEra) = divided(daysSinceEpoch + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  var daysSinceEpoch: Int64 {
    let (era, yearOfEra) = divided(month <= 2 ? year - 1 : year, by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

/// Quotient rounded down, and what is left over; at least 0.
private func divided(_ dividend: Int64, by divisor: Int64) -> (Int64, Int64) {
  let remainder = dividend % divisor
  return remainder < 0 ? (dividend / divisor - 1, remainder + divisor) : (dividend / divisor, remainder)
}
