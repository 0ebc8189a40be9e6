import FoundationEssentials

/// The field that says when to come back: seconds, or a date (RFC 9110).
enum RetryAfter {
  /// The seconds to wait; nil where the field says nothing we can read. A date that has passed is 0.
  /// - Parameter now: the time since 1970.
  static func seconds(_ field: String?, now: Duration) -> Int? {
    guard let field else { return nil }
    let text = field.drop { $0 == " " }
    if !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) { return Int(text) }
    guard let date = date(String(text)) else { return nil }
    return max(0, Int((date.timeIntervalSince1970 - Double(now.components.seconds)).rounded(.up)))
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func date(_ text: String) -> Date? {
    let parts = text.split(whereSeparator: { " ,:".contains($0) })
    guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]), let month = months.firstIndex(of: parts[2]),
      let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6])
    else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar.date(
      from: DateComponents(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second))
  }

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
