/// When to stop, as the crowd and the model see it.
public struct PitWindow: Sendable, Equatable {
  /// The first and the last lap: the shortest interval with 70 % of the density, the earliest of several.
  public var laps: ClosedRange<Int>
  /// There are two such windows with a dip between them; this is the heavier one.
  public var isSplit: Bool
  /// The other one, when there are two.
  public var otherLaps: ClosedRange<Int>?
  /// Percent: with 95 % certainty at least so many of the crowd stop in the window. nil as long as nobody has played.
  public var confidence: Int?
  /// Users the contributions amount to.
  public var effectiveUsers: Double
  /// Users who contribute.
  public var users: Int64

  /// The lap in the middle.
  public var centre: Int { (laps.lowerBound + laps.upperBound) / 2 }

  /// Share of the density a window holds.
  static let mass = 0.7
}

/// The density over laps of one stop, made of the crowd's stops and the model's prior.
struct StopDensity {
  let support: PitWindowSupport
  /// By lap from 0.
  let density: [Double]

  /// - Parameter crowd: sums by lap.
  init(crowd: ArraySlice<Int64>, effectiveUsers: Double, prior: [Double], lapCount: Int) {
    support = PitWindowSupport(lapCount: lapCount)
    let weights = Array(crowd.prefix(lapCount + 1)).map { Double($0) }
    guard effectiveUsers > 0, support.laps.contains(where: { $0 < weights.count && weights[$0] > 0 }) else {
      density = prior
      return
    }
    let kernel = support.smoothed(weights, bandwidth: Self.bandwidth(weights, support, effectiveUsers))
    var mixed = [Double](repeating: 0, count: kernel.count)
    for lap in support.laps {
      mixed[lap] = (effectiveUsers * kernel[lap] + 4 * prior[lap]) / (effectiveUsers + 4)
    }
    density = mixed
  }

  private static func bandwidth(_ weights: [Double], _ support: PitWindowSupport, _ effectiveUsers: Double) -> Double {
    var (sum, moment) = (0.0, 0.0)
    for lap in support.laps where lap < weights.count {
      sum += weights[lap]
      moment += weights[lap] * Double(lap)
    }
    let mean = moment / sum
    var variance = 0.0
    for lap in support.laps where lap < weights.count {
      variance += weights[lap] * (Double(lap) - mean) * (Double(lap) - mean)
    }
    let deviation = max(1, (variance / sum).squareRoot())
    return max(1, 0.9 * min(deviation, 8) * power(effectiveUsers, -0.2))
  }

  /// The window, and the other one where the density is split.
  var windows: (main: ClosedRange<Int>, other: ClosedRange<Int>?) {
    guard let dip = split else { return (Self.shortest(density, in: support.laps), nil) }
    let left = support.laps.lowerBound...dip
    let right = (dip + 1)...support.laps.upperBound
    let isLeftHeavier = mass(left) >= mass(right)
    let (heavy, light) = isLeftHeavier ? (left, right) : (right, left)
    return (Self.shortest(density, in: heavy), Self.shortest(density, in: light))
  }

  private func mass(_ laps: ClosedRange<Int>) -> Double { laps.reduce(0) { $0 + density[$1] } }

  /// The lap of the dip between the two highest peaks, if it is below half of the lower one.
  private var split: Int? {
    let peaks = peaks.sorted { density[$0] != density[$1] ? density[$0] > density[$1] : $0 < $1 }
    guard peaks.count >= 2 else { return nil }
    let (left, right) = (min(peaks[0], peaks[1]), max(peaks[0], peaks[1]))
    guard let dip = (left...right).min(by: { density[$0] < density[$1] }),
      density[dip] < density[peaks[1]] / 2
    else { return nil }
    return dip
  }

  /// Local maxima; of a plateau its first lap.
  private var peaks: [Int] {
    let laps = support.laps
    return laps.filter { lap in
      if lap > laps.lowerBound, density[lap - 1] >= density[lap] { return false }
      let next = (lap...laps.upperBound).first { density[$0] != density[lap] }
      return next.map { density[$0] < density[lap] } ?? true
    }
  }

  /// The shortest interval with a share of what lies in `laps`, usually 70 %; the earliest of several.
  static func shortest(
    _ density: [Double], in laps: ClosedRange<Int>, mass: Double = PitWindow.mass
  ) -> ClosedRange<Int> {
    let goal = mass * laps.reduce(0) { $0 + density[$1] } - 1e-12
    for length in 1...laps.count {
      for first in laps.lowerBound...(laps.upperBound - length + 1) {
        let window = first...(first + length - 1)
        if window.reduce(0, { $0 + density[$1] }) >= goal { return window }
      }
    }
    return laps
  }
}
