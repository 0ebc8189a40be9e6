/// Shares of the blame in whole percent; they add up to 100.
public struct BlameShares: Sendable, Equatable {
  /// By cause in the order of `AutopsyCause`.
  public let causes: [Int]
  /// The unexplained part.
  public let unexplained: Int

  /// The share of one cause, percent.
  public subscript(cause: AutopsyCause) -> Int { causes[cause.rawValue] }
}

extension BlameShares {
  /// Divides what was lost: every cause beyond the threshold, and the size of the residual.
  ///
  /// - Returns: nil when nothing meaningful was lost, or when the whole loss may as well be nothing.
  init?(_ costs: AutopsyCosts, total: Autopsy.Interval, rules: ModelConstants.Autopsy) {
    let parts = AutopsyCause.allCases.map { max(0, costs[$0] - rules.blameMilliseconds) }
    let lost = parts.reduce(0, +)
    guard lost >= rules.meaningfulMilliseconds, total.low > 0 || total.high < 0 else { return nil }
    let shares = Self.percent(parts + [abs(costs.residual)])
    causes = Array(shares.dropLast())
    unexplained = shares[shares.count - 1]
  }

  /// Whole percents by largest remainder; of equal remainders the earlier part gets the point.
  static func percent(_ parts: [Int64]) -> [Int] {
    let whole = parts.reduce(0, +)
    guard whole > 0 else { return parts.map { _ in 0 } }
    var shares = parts.map { Int(100 * $0 / whole) }
    let order = parts.indices.sorted { left, right in
      let (a, b) = (100 * parts[left] % whole, 100 * parts[right] % whole)
      return a == b ? left < right : a > b
    }
    for index in order.prefix(100 - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
  }
}
