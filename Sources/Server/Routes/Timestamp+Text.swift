import Events

extension Timestamp {
  /// RFC 3339 in UTC with microseconds: `2026-11-25T14:02:00.000000Z`.
  var text: String {
    let day = 86_400 * 1_000_000 as Int64
    let days = microseconds >= 0 ? microseconds / day : (microseconds - day + 1) / day
    let inDay = microseconds - days * day
    let (year, month, dayOfMonth) = Self.civil(days)
    let seconds = inDay / 1_000_000
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))T\(time)."
      + "\(Self.padded(inDay % 1_000_000, 6))Z"
  }

  /// Year, month and day of a number of days since 1970-01-01, in the proleptic Gregorian calendar.
  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
