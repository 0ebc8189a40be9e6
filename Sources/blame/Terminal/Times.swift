import Racing

/// A race or lap time: `1:48:51.980`, `1:16.604`.
func clockTime(_ milliseconds: Int64) -> String {
  let sign = milliseconds < 0 ? "-" : ""
  let magnitude = milliseconds.magnitude
  let (hours, minutes, seconds) = (magnitude / 3_600_000, magnitude / 60000 % 60, magnitude / 1000 % 60)
  let fraction = pad(magnitude % 1000, 3)
  return hours > 0
    ? "\(sign)\(hours):\(pad(minutes, 2)):\(pad(seconds, 2)).\(fraction)"
    : "\(sign)\(minutes):\(pad(seconds, 2)).\(fraction)"
}

/// A difference in seconds with its sign: `+3.204 s`.
func difference(_ milliseconds: Int64) -> String {
  let sign = milliseconds < 0 ? "-" : "+"
  return "\(sign)\(milliseconds.magnitude / 1000).\(pad(milliseconds.magnitude % 1000, 3)) s"
}

/// Hundredths with two decimals: `75.00`.
func hundredths(_ value: Int) -> String {
  "\(value / 100).\(pad(UInt64(value.magnitude % 100), 2))"
}

private func pad(_ number: UInt64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
