/// A duration as pandas, FastF1 and people write it, in milliseconds.
///
/// `0 days 00:01:23.456000`, `-1 days +23:59:59.5`, `83.456` and `105` (seconds), whole nanoseconds from 10⁹,
/// `1:23.456`, `01:02:03.4`. Digits after the third decimal are cut; long decimal seconds are first rounded to
/// microseconds, because they are what is left of a binary fraction. Nil when it is none of these.
func fastF1Milliseconds(_ bytes: Span<UInt8>) -> Int64? {
  var at = 0
  let isNegative = take(bytes, &at, UInt8(ascii: "-"))
  guard let first = digits(bytes, &at) else { return nil }
  if at < bytes.count, bytes[at] == space { return days(bytes, &at, isNegative ? -first : first) }
  let value = at < bytes.count && bytes[at] == colon ? clock(bytes, &at, first) : seconds(bytes, &at, first)
  guard let value, at == bytes.count else { return nil }
  return isNegative ? -value : value
}

/// The cell says that there is no value: empty, `nan`, `NaN`, `NaT`, `None`, `<NA>`.
func isFastF1Null(_ bytes: Span<UInt8>) -> Bool {
  switch bytes.count {
  case 0: true
  case 3: matches(bytes, "nan") || matches(bytes, "NaN") || matches(bytes, "NaT")
  case 4: matches(bytes, "None") || matches(bytes, "<NA>")
  default: false
  }
}

/// The bytes are those of the text.
func matches(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool {
  guard bytes.count == text.utf8CodeUnitCount else { return false }
  return text.withUTF8Buffer { wanted in (0..<bytes.count).allSatisfy { bytes[$0] == wanted[$0] } }
}

/// What follows `3` in `3 days 00:01:23.456`; a plus sign may stand before the clock.
private func days(_ bytes: Span<UInt8>, _ at: inout Int, _ count: Int64) -> Int64? {
  at += 1
  guard word(bytes, &at, "days") || word(bytes, &at, "day") else { return nil }
  if at == bytes.count { return count * 86_400_000 }
  guard take(bytes, &at, space) else { return nil }
  _ = take(bytes, &at, UInt8(ascii: "+"))
  guard count.magnitude < 1_000_000, let hours = digits(bytes, &at), let rest = clock(bytes, &at, hours),
    at == bytes.count
  else { return nil }
  return count * 86_400_000 + rest
}

/// What follows the first number of `h:mm:ss.fff` or `m:ss.fff`.
private func clock(_ bytes: Span<UInt8>, _ at: inout Int, _ first: Int64) -> Int64? {
  guard first < 1_000_000, let second = sixty(bytes, &at) else { return nil }
  if at < bytes.count, bytes[at] == colon {
    guard let third = sixty(bytes, &at), let part = fraction(bytes, &at) else { return nil }
    return ((first * 60 + second) * 60 + third) * 1000 + part / 1000
  }
  guard let part = fraction(bytes, &at) else { return nil }
  return (first * 60 + second) * 1000 + part / 1000
}

/// Decimal seconds or whole nanoseconds that begin with `whole`.
private func seconds(_ bytes: Span<UInt8>, _ at: inout Int, _ whole: Int64) -> Int64? {
  if at == bytes.count, whole >= 1_000_000_000 { return whole / 1_000_000 }
  guard whole < 1_000_000_000, let part = fraction(bytes, &at) else { return nil }
  return (whole * 1_000_000 + part) / 1000
}

/// `:` and two digits below 60.
private func sixty(_ bytes: Span<UInt8>, _ at: inout Int) -> Int64? {
  let start = at
  guard take(bytes, &at, colon), let value = digits(bytes, &at), at - start == 3, value < 60 else { return nil }
  return value
}

/// Microseconds of an optional `.fff`; 0 without one. More than six digits are rounded.
private func fraction(_ bytes: Span<UInt8>, _ at: inout Int) -> Int64? {
  guard take(bytes, &at, UInt8(ascii: ".")) else { return 0 }
  var value: Int64 = 0
  var count = 0
  while at < bytes.count, bytes[at] &- zero < 10 {
    if count < 6 { value = value * 10 + Int64(bytes[at] &- zero) }
    if count == 6, bytes[at] >= zero + 5 { value += 1 }
    count += 1
    at += 1
  }
  guard count > 0 else { return nil }
  for _ in min(count, 6)..<6 { value *= 10 }
  return value
}

private func digits(_ bytes: Span<UInt8>, _ at: inout Int) -> Int64? {
  let start = at
  var value: Int64 = 0
  while at < bytes.count, bytes[at] &- zero < 10, at - start < 18 {
    value = value * 10 + Int64(bytes[at] &- zero)
    at += 1
  }
  return at == start ? nil : value
}

private func take(_ bytes: Span<UInt8>, _ at: inout Int, _ byte: UInt8) -> Bool {
  guard at < bytes.count, bytes[at] == byte else { return false }
  at += 1
  return true
}

private func word(_ bytes: Span<UInt8>, _ at: inout Int, _ text: StaticString) -> Bool {
  let end = at + text.utf8CodeUnitCount
  guard end <= bytes.count, matches(bytes.extracting(at..<end), text) else { return false }
  at = end
  return true
}

private let zero = UInt8(ascii: "0")
private let space = UInt8(ascii: " ")
private let colon = UInt8(ascii: ":")
