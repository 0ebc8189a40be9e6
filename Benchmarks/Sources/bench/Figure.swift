import Foundation

/// One measured figure: the median of several runs, beside the limit measured in the same minutes.
struct Figure: Codable {
  /// How the value must stand to the target.
  enum Comparison: String, Codable { case atLeast = ">=", atMost = "<=" }

  let name: String
  let value: Double
  let unit: String
  var comparison: Comparison?
  var target: Double?
  var pass: Bool?
  var limit: Double?
  var ratio: Double?
  let n: Int
  let spread: [Double]
  var note: String

  /// A figure from its runs and, where there is one, the runs of the limit measured in turn with them.
  init(_ name: String, _ runs: [Double], unit: String, limit: [Double] = [], note: String = "") {
    self.name = name
    value = rounded(median(runs))
    self.unit = unit
    n = runs.count
    spread = [rounded(runs.min() ?? 0), rounded(runs.max() ?? 0)]
    self.note = note
    if !limit.isEmpty {
      self.limit = rounded(median(limit))
      ratio = rounded(median(runs) / median(limit))
    }
  }

  /// The value must be at least the target.
  func atLeast(_ target: Double) -> Figure { judged(.atLeast, target, value >= target) }
  /// The value must be at most the target.
  func atMost(_ target: Double) -> Figure { judged(.atMost, target, value <= target) }
  /// The value must be at least that share of the limit.
  func atLeastOfLimit(_ share: Double) -> Figure {
    judged(.atLeast, rounded(share * (limit ?? 0)), (ratio ?? 0) >= share)
  }
  /// The value must be at most that multiple of the limit.
  func atMostOfLimit(_ multiple: Double) -> Figure {
    judged(.atMost, rounded(multiple * (limit ?? 0)), (ratio ?? .infinity) <= multiple)
  }

  private func judged(_ comparison: Comparison, _ target: Double, _ pass: Bool) -> Figure {
    var copy = self
    copy.comparison = comparison
    copy.target = target
    copy.pass = pass
    return copy
  }
}

/// The middle value; the mean of the two middle ones of an even number.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

/// The value below which the given share of the values lies.
func quantile(_ values: [Double], _ share: Double) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return 0 }
  return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
}

private func rounded(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return 0 }
  let scale = pow(10, 4 - floor(log10(abs(value))))
  return scale < 1 ? value.rounded() : (value * scale).rounded() / scale
}
