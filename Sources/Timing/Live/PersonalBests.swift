/// Finds the laps that were a driver's best when driven.
enum PersonalBests {
  /// The end of time, in a part of qualifying that never came.
  static let never = 86_400_000

  /// Walks the announced bests backwards: a quicker lap followed by an older best sent again was deleted.
  static func mark(_ laps: inout [TimedLap], bests: [(time: Int, best: Int)], partStarts: [Int]) {
    var part = partStarts.count - 1
    var kept: [Int] = []
    for announcement in bests.reversed() {
      while part > 0, announcement.time < partStarts[part] {
        part -= 1
        kept = []
      }
      let best = announcement.best
      if kept.contains(best) || kept.min().map({ best < $0 }) ?? false { continue }
      kept.append(best)
      if let index = laps.firstIndex(where: { $0.time.known == best }) { laps[index].isPersonalBest = true }
    }
  }

  /// Where the parts of qualifying begin: the earliest that any car saw.
  static func partStarts(_ cars: [CarLaps]) -> [Int] {
    var starts = [Int](repeating: never, count: max(3, cars.map(\.parts.count).max() ?? 0))
    for car in cars {
      for (index, start) in car.parts.enumerated() { starts[index] = min(starts[index], start) }
    }
    return starts
  }
}
