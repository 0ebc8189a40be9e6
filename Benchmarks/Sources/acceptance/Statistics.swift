/// Figures of a sample. Quantiles interpolate between order statistics.
struct Sample: Sendable {
  var values: [Double]

  init(_ values: [Double]) { self.values = values }

  var count: Int { values.count }
  var mean: Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(count) }
  var sizes: Sample { Sample(values.map { abs($0) }) }
  var meanSize: Double? { sizes.mean }
  var rootMeanSquare: Double? { Sample(values.map { $0 * $0 }).mean.map { $0.squareRoot() } }
  var median: Double? { quantile(0.5) }

  func quantile(_ share: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let place = Double(count - 1) * share
    let lower = Int(place)
    guard lower + 1 < count else { return sorted[lower] }
    return sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower])
  }

  /// The share of values that satisfy a condition.
  func share(_ holds: (Double) -> Bool) -> Double? {
    values.isEmpty ? nil : Double(values.count(where: holds)) / Double(count)
  }
}
