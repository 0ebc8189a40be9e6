#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The laps on which a stop makes sense, 2...N-1, and densities over them. Sums run by lap, so that equal input gives
/// equal bits.
struct PitWindowSupport {
  let lapCount: Int

  var laps: ClosedRange<Int> { 2...max(2, lapCount - 1) }

  var uniform: [Double] {
    var density = [Double](repeating: 0, count: max(lapCount, 2) + 1)
    for lap in laps { density[lap] = 1 / Double(laps.count) }
    return density
  }

  /// Weights by lap spread by a Gaussian kernel and normalised to one.
  func smoothed(_ weights: [Double], bandwidth: Double) -> [Double] {
    let kernel = laps.indices.enumerated().map { offset, _ in
      exponential(-(Double(offset) / bandwidth) * (Double(offset) / bandwidth) / 2)
    }
    var density = [Double](repeating: 0, count: max(lapCount, 2) + 1)
    var sum = 0.0
    for lap in laps {
      for other in laps where other < weights.count && weights[other] > 0 {
        density[lap] += weights[other] * kernel[abs(lap - other)]
      }
      sum += density[lap]
    }
    guard sum > 0 else { return uniform }
    for lap in laps { density[lap] /= sum }
    return density
  }
}

func exponential(_ exponent: Double) -> Double { exp(exponent) }

func logGamma(_ value: Double) -> Double { lgamma(value) }

func logarithm(_ value: Double) -> Double { log(value) }

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
