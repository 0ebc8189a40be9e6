/// What a stop costs at a circuit: medians of the parts, their sum shrunk to that of all circuits. Where the line cuts the
/// loss is the circuit's own: it follows from where the pit boxes are. Milliseconds.
@_spi(Measurement) public struct PitLossCalibration: Sendable, Equatable {
  /// The figures of one circuit.
  public struct Figures: Sendable, Equatable {
    /// Lost on the in-lap; may be negative.
    public let onInLap: Int64
    /// Lost on the out-lap.
    public let onOutLap: Int64
    /// Median of the whole loss, not shrunk.
    public let whole: Int64
    /// Stops measured.
    public let stops: Int
    /// Standard error of the median; nil with fewer than two stops.
    public let error: Int64?
    /// Difference of the medians of every second stop; nil with fewer than four stops.
    public let splitDifference: Int64?
  }

  /// By circuit identifier.
  public let circuits: [String: Figures]
  /// Of all circuits, for one that is not known.
  public let everywhere: Figures

  /// So many stops weigh as much as the mean of all circuits.
  static let shrinkage = 5.0

  /// Measures the stops of races, in the order given.
  init(_ losses: [(circuit: String, stops: [StopLoss])]) {
    let all = losses.flatMap(\.stops)
    let mean = (in: median(all.map(\.onInLap)) ?? 4.1, out: median(all.map(\.onOutLap)) ?? 18.5)
    everywhere = Self.figures(all, mean: mean)
    var byCircuit: [String: [StopLoss]] = [:]
    for (circuit, stops) in losses { byCircuit[circuit, default: []] += stops }
    circuits = byCircuit.mapValues { Self.figures($0, mean: mean) }
  }

  private static func figures(_ stops: [StopLoss], mean: (in: Double, out: Double)) -> Figures {
    let weight = Double(stops.count) / (Double(stops.count) + shrinkage)
    let wholes = stops.map(\.whole)
    let onInLap = median(stops.map(\.onInLap)) ?? mean.in
    let sum = weight * (onInLap + (median(stops.map(\.onOutLap)) ?? mean.out)) + (1 - weight) * (mean.in + mean.out)
    let middle = median(wholes) ?? mean.in + mean.out
    let spread = median(wholes.map { abs($0 - middle) }) ?? 0
    let halves = [0, 1].map { half in
      median(wholes.enumerated().filter { $0.offset % 2 == half }.map(\.element))
    }
    return Figures(
      onInLap: milliseconds(onInLap), onOutLap: milliseconds(sum - onInLap),
      whole: milliseconds(middle), stops: stops.count,
      error: stops.count < 2 ? nil : milliseconds(1.2533 * 1.4826 * spread / Double(stops.count).squareRoot()),
      splitDifference: stops.count < 4
        ? nil
        : halves[0].flatMap { even in
          halves[1].map { milliseconds(abs(even - $0)) }
        })
  }
}
