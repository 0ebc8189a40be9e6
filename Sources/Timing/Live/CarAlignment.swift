/// Cars' laps end on clocks of their own, a few hundredths apart. Gaps to the leader tell by how much.
enum CarAlignment {
  /// A car's laps and its gaps.
  struct Car {
    var laps: CarLaps
    let stream: [StreamRow]

    /// The gap sent nearest to that moment, the first of equally near ones.
    func gap(at time: Int) -> GapText? {
      guard let index = StreamRow.nearest(to: time, in: stream) else { return nil }
      return stream[index].gap
    }

    /// The lap with that number.
    func lap(_ number: Int) -> TimedLap? {
      let guess = number - (laps.laps.first?.number ?? 1)
      guard laps.laps.indices.contains(guess), laps.laps[guess].number == number else {
        return laps.laps.first { $0.number == number }
      }
      return laps.laps[guess]
    }
  }

  /// Moves the ends of every car's laps; none moves later. Returns the numbers of cars whose shift is unknown.
  static func align(_ cars: inout [Car], _ corrections: LapCorrections) -> [Int] {
    let hasGaps = cars.contains { car in car.stream.contains { $0.gap != .none } }
    guard hasGaps else { return [] }
    guard var shifts = corrections.contains(.alignment) ? commonestShifts(cars) : firstShifts(cars) else {
      return cars.map(\.laps.number)
    }
    let largest = max(0, shifts.values.max() ?? 0)
    for key in shifts.keys { shifts[key]? -= largest }
    for (index, shift) in shifts where shift != 0 {
      for lap in cars[index].laps.laps.indices { cars[index].laps.laps[lap].end? += shift }
    }
    return cars.indices.filter { shifts[$0] == nil && !cars[$0].laps.laps.isEmpty }.map { cars[$0].laps.number }
  }

  /// FastF1's way: the first estimate of each car is believed. Nil where FastF1 gives the whole session up.
  private static func firstShifts(_ cars: [Car]) -> [Int: Int]? {
    var shifts: [Int: Int] = [:]
    var expected: [Int: Int] = [:]
    let last = cars.compactMap(\.laps.laps.last?.number).max() ?? 0
    for number in stride(from: 1, through: last, by: 1) {
      let racing = cars.indices.filter { index in
        guard let lap = cars[index].lap(number) else { return false }
        return lap.pitIn == nil && lap.pitOut == nil
      }
      var leader: (index: Int, end: Int)?
      for index in racing {
        guard let end = cars[index].lap(number)?.end, let gap = cars[index].gap(at: end), gap != .none else {
          return nil
        }
        if gap.containsLap {
          leader = (index, end)
        } else if shifts[index] == nil, case .milliseconds(let value) = gap {
          expected[index] = Int(value)
        }
      }
      guard let leader else { continue }
      let base = shifts[leader.index] ?? 0
      shifts[leader.index] = base
      for (index, gap) in expected where shifts[index] == nil {
        guard let end = cars[index].lap(number)?.end else { return nil }
        shifts[index] = gap - (end - leader.end) + base
      }
      if shifts.count == cars.indices.count(where: { cars[$0].lap(number) != nil }) { break }
    }
    return shifts
  }
}

extension StreamRow {
  /// The row nearest to that moment, the first of equally near ones. Rows ascend.
  static func nearest(to time: Int, in rows: [StreamRow]) -> Int? {
    if rows.isEmpty { return nil }
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].time < time { low = middle + 1 } else { high = middle }
    }
    var index = low
    if low == rows.count || (low > 0 && time - rows[low - 1].time <= rows[low].time - time) { index = low - 1 }
    while index > 0, rows[index - 1].time == rows[index].time { index -= 1 }
    return index
  }
}
