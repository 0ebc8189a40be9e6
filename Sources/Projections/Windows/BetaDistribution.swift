/// The Beta distribution, as far as credible intervals need it.
struct BetaDistribution {
  let alpha: Double
  let beta: Double

  var mean: Double { alpha / (alpha + beta) }

  /// The chance to be below a value: the regularised incomplete beta function.
  func cumulative(_ value: Double) -> Double {
    if value <= 0 { return 0 }
    if value >= 1 { return 1 }
    let front =
      logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta) + alpha * logarithm(value)
      + beta * logarithm(1 - value)
    // The fraction converges fast on the side of the mode; the other side follows by symmetry.
    if value < (alpha + 1) / (alpha + beta + 2) {
      return exponential(front) * Self.fraction(value, alpha, beta) / alpha
    }
    return 1 - exponential(front) * Self.fraction(1 - value, beta, alpha) / beta
  }

  /// The value below which a share lies, to 1e-9.
  func quantile(_ share: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while high - low > 1e-9 {
      let middle = (low + high) / 2
      if cumulative(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The continued fraction of the incomplete beta function by Lentz's method.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func safe(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var numerator = 1.0
    var denominator = 1 / safe(1 - (a + b) * x / (a + 1))
    var result = denominator
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      denominator = 1 / safe(1 + even * denominator)
      numerator = safe(1 + even / numerator)
      result *= denominator * numerator
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      denominator = 1 / safe(1 + odd * denominator)
      numerator = safe(1 + odd / numerator)
      let change = denominator * numerator
      result *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return result
  }
}
