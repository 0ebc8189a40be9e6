/// What the grid was worth in one race: the time at the end of lap 1 as a function of the slot.
package struct StartFigures: Sendable, Equatable {
  /// Lost per slot, microseconds; 0 when the first lap was stopped.
  package let slotMicroseconds: Int64
  /// End of lap 1 from the first slot, ms.
  package let pole: Int64

  /// Measures the start: the slope is the median over all pairs of cars that know their slot and did not stop (Sen, 1968),
  /// the pole the median of what is left.
  /// - Complexity: O(cars²).
  init(_ cars: [RaceArtefact.Car], rules: ModelConstants.Autopsy) {
    let started = cars.compactMap { car -> (slot: Int, end: Int64)? in
      guard let slot = car.grid, car.lastLap >= 1, car.elapsed[1] > 0, !car.inLaps[1], car.kinds[1] != .red else {
        return nil
      }
      return (slot, car.elapsed[1])
    }
    var slopes: [Double] = []
    for (index, first) in started.enumerated() {
      for second in started[(index + 1)...] where second.slot != first.slot {
        slopes.append(Double(second.end - first.end) / Double(second.slot - first.slot))
      }
    }
    let fallback = Double(rules.slotDefaultMilliseconds)
    let slope = started.count < Self.minimumCars ? fallback : median(slopes) ?? fallback
    let micros = Int64((1000 * clamp(slope, 0, Double(rules.slotLimitMilliseconds))).rounded(.toNearestOrAwayFromZero))
    slotMicroseconds = micros
    pole =
      median(started.map { $0.end - Self.lost(slot: $0.slot, micros) })
      ?? cars.filter { $0.lastLap >= 1 }.map { $0.elapsed[1] }.min() ?? 0
  }

  /// Lost on lap 1 by starting from that slot instead of the first, ms; 0 when the slot is unknown.
  func lost(slot: Int?) -> Int64 { slot.map { Self.lost(slot: $0, slotMicroseconds) } ?? 0 }

  private static let minimumCars = 8

  private static func lost(slot: Int, _ micros: Int64) -> Int64 {
    floorDiv(micros * Int64(slot - 1) + 500, 1000)
  }
}
