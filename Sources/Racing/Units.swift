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
