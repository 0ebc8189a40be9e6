/// How often windows made of some drivers' stops hold another driver's stop: the check of a window against reality.
@_spi(Measurement) public struct WindowCoverage: Sendable {
  /// The shortest interval that holds a share of the kernel density of some stops, without any prior; nil without stops.
  public static func window(ofStops stops: [Int], lapCount: Int, mass: Double) -> ClosedRange<Int>? {
    let support = PitWindowSupport(lapCount: lapCount)
    let known = stops.filter { support.laps.contains($0) }
    guard !known.isEmpty else { return nil }
    var weights = [Double](repeating: 0, count: lapCount + 1)
    for lap in known { weights[lap] += 1 }
    let mean = Double(known.reduce(0, +)) / Double(known.count)
    let variance = known.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(known.count)
    let deviation = max(1, variance.squareRoot())
    let bandwidth = max(1, 0.9 * min(deviation, 8) * power(Double(known.count), -0.2))
    return StopDensity.shortest(support.smoothed(weights, bandwidth: bandwidth), in: support.laps, mass: mass)
  }
}
