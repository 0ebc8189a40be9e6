/// Published times are whole milliseconds. This is "unreachable": large, and safe to add to.
package let unreachable: Int64 = .max / 4

/// Seconds of a fit as published milliseconds, ties away from zero.
package func milliseconds(_ seconds: Double) -> Int64 {
  Int64((1000 * seconds).rounded(.toNearestOrAwayFromZero))
}

/// Integer division rounded towards minus infinity; Swift's `/` truncates towards zero.
@inlinable
package func floorDiv(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient
}

/// The value, or the nearer bound when it lies outside them.
@inlinable
package func clamp<Value: Comparable>(_ value: Value, _ low: Value, _ high: Value) -> Value {
  min(max(value, low), high)
}

/// The quantile `share` (0...1) by linear interpolation between order statistics; nil for no values. O(n log n).
package func quantile(_ share: Double, _ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let place = Double(sorted.count - 1) * share
  let lower = Int(place)
  guard lower + 1 < sorted.count else { return sorted[lower] }
  return sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower])
}

/// The quantile of whole milliseconds, rounded to a whole millisecond; nil for no values. O(n log n).
package func quantile(_ share: Double, _ values: [Int64]) -> Int64? {
  quantile(share, values.map(Double.init)).map { Int64($0.rounded(.toNearestOrAwayFromZero)) }
}

/// The middle value; nil for no values. O(n log n).
package func median(_ values: [Double]) -> Double? { quantile(0.5, values) }

/// The middle value, rounded to a whole millisecond; nil for no values. O(n log n).
package func median(_ values: [Int64]) -> Int64? { quantile(0.5, values) }

/// Bytes as lower-case hexadecimal digits.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
