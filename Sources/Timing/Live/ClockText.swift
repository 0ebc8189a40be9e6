/// Times in ASCII, in whole milliseconds; further digits are cut, not rounded.
enum ClockText {
  /// `[[H:]M:]S[.f]` in digits only, without a check of ranges; nil for anything else, also for no bytes.
  static func duration(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var total = 0
    var part = 0
    var digits = 0
    var colons = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = bytes[at]
      if byte == JSONByte.colon {
        guard digits > 0, colons < 2 else { return nil }
        total = (total + part) * 60
        (part, digits) = (0, 0)
        colons += 1
      } else if byte == UInt8(ascii: ".") {
        guard digits > 0, let fraction = fraction(bytes, at + 1..<range.upperBound) else { return nil }
        return (total + part) * 1_000 + fraction
      } else {
        guard byte &- 0x30 < 10, digits < 9 else { return nil }
        part = part * 10 + Int(byte &- 0x30)
        digits += 1
      }
      at += 1
    }
    return digits > 0 ? (total + part) * 1_000 : nil
  }

  /// That duration in a string.
  static func duration(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    return duration(bytes, 0..<bytes.count)
  }

  /// Milliseconds of the digits after a point; nil without a digit.
  private static func fraction(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    var value = 0
    var weight = 100
    for at in range {
      let digit = bytes[at] &- 0x30
      guard digit < 10 else { return nil }
      value += Int(digit) * weight
      weight /= 10
    }
    return value
  }

  /// The stamp `HH:MM:SS.mmm` of twelve bytes that begins there.
  static func stamp(_ bytes: [UInt8], at start: Int, end: Int) -> Int? {
    guard start + 12 <= end, bytes[start + 2] == JSONByte.colon, bytes[start + 5] == JSONByte.colon,
      bytes[start + 8] == UInt8(ascii: ".")
    else { return nil }
    return duration(bytes, start..<start + 12)
  }
}

/// Instants, in milliseconds since 1970.
enum UTCText {
  /// `2024-05-18T13:59:11.3884546Z`; the zone is left out, `Z` or an offset, and a blank may stand for the T.
  static func instant(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20, bytes[13] == JSONByte.colon,
      bytes[16] == JSONByte.colon, let year = WholeNumber.parse(bytes, 0..<4),
      let month = WholeNumber.parse(bytes, 5..<7), let day = WholeNumber.parse(bytes, 8..<10),
      let hour = WholeNumber.parse(bytes, 11..<13), let minute = WholeNumber.parse(bytes, 14..<16),
      (1...12).contains(month), (1...31).contains(day), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    let zoneStart = bytes[19...].firstIndex { $0 != UInt8(ascii: ".") && $0 &- 0x30 >= 10 } ?? bytes.count
    guard let seconds = ClockText.duration(bytes, 17..<zoneStart), seconds < 61_000,
      let zone = offset(bytes, zoneStart..<bytes.count)
    else { return nil }
    return ((days(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + seconds - zone
  }

  /// `[-]H:MM:SS` or `[-]HH:MM:SS`.
  static func gmtOffset(_ text: String) -> Int? {
    let isNegative = text.hasPrefix("-")
    return ClockText.duration(isNegative ? String(text.dropFirst()) : text).map { isNegative ? -$0 : $0 }
  }

  /// `2018-04-29T12:06:00.462Z`.
  static func text(_ instant: Int) -> String {
    let day = instant.quotient(86_400_000)
    let rest = instant - day * 86_400_000
    let (year, month, date) = civil(day)
    func pad(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let clock =
      "\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2)):\(pad(rest / 1_000 % 60, 2)).\(pad(rest % 1_000, 3))"
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(date, 2))T\(clock)Z"
  }

  /// Nothing, `Z` or `+hh:mm`; nil for anything else.
  private static func offset(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    if range.isEmpty { return 0 }
    if range.count == 1 { return bytes[range.lowerBound] == UInt8(ascii: "Z") ? 0 : nil }
    let sign = bytes[range.lowerBound]
    guard range.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hoursAndMinutes = ClockText.duration(bytes, range.lowerBound + 1..<range.upperBound)
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -60 : 60) * hoursAndMinutes
  }

  /// Days since 1970 of a day in the Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.quotient(400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.quotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let position = (5 * dayOfYear + 2) / 153
    let month = position < 10 ? position + 3 : position - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * position + 2) / 5 + 1)
  }
}

extension Int {
  /// Division that rounds towards minus infinity.
  fileprivate func quotient(_ divisor: Int) -> Int {
    let (whole, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? whole - 1 : whole
  }
}
