internal import Racing

/// A user's counted runs on one board, summed up.
struct Standing: BitwiseCopyable, Sendable, Equatable {
  /// Sum of IQ, hundredths.
  var sum: Int64 = 0
  /// Sum of squares of IQ.
  var squares: Int64 = 0
  /// Log position of the run that made the user listed; 0 before.
  var listedAt: Int64 = 0
  var runs: Int64 = 0

  /// Takes in the next run, in log order.
  mutating func count(iq: Int64, position: Int64, _ rules: CrowdRules) {
    sum += iq
    squares += iq * iq
    runs += 1
    if runs == rules.listedRuns { listedAt = position }
  }

  /// Hundredths.
  func rating(_ rules: CrowdRules) -> Int64 {
    let weight = runs + rules.priorRuns
    return floorDiv(sum + rules.priorRuns * rules.priorRating + weight / 2, weight)
  }

  /// Half of the 90 % interval around the rating: 1.645·sqrt(v/(n+5)), hundredths, rounded.
  func interval(_ rules: CrowdRules) -> Int64 {
    // v = ((n-1)s² + 5·1500²)/(n+4), and (n-1)s² = (n·Σx² - (Σx)²)/n, so that everything stays whole.
    let deviation = runs * squares - sum * sum + runs * rules.priorRuns * rules.priorDeviation * rules.priorDeviation
    let divisor = runs * (runs + rules.priorRuns - 1) * (runs + rules.priorRuns)
    guard divisor > 0 else { return 0 }
    let scaled = Int128(4 * 1645 * 1645) * Int128(max(0, deviation)) / (Int128(1_000_000) * Int128(divisor))
    return (wholeRoot(Int64(scaled)) + 1) / 2
  }
}

/// The largest whole number whose square is not more.
func wholeRoot(_ value: Int64) -> Int64 {
  var root = Int64(Double(value).squareRoot())
  while root * root > value { root -= 1 }
  while (root + 1) * (root + 1) <= value { root += 1 }
  return root
}
