/// C2: one wrong gap does not move a car for the whole race, since the commonest estimate of all laps counts.
extension CarAlignment {
  /// Estimates of one car against one leader.
  private struct Pair: Hashable {
    let car: Int
    let leader: Int
  }

  /// The shift of every car that can be tied to the car that led most.
  static func commonestShifts(_ cars: [Car]) -> [Int: Int]? {
    let (estimates, led) = estimates(cars)
    let leaders = led.keys.sorted { (-led[$0]!, $0) < (-led[$1]!, $1) }
    guard let root = leaders.first else { return [:] }
    var shifts = [root: 0]
    for leader in leaders.dropFirst() {
      var values: [Int] = []
      for (other, shift) in shifts {
        values += (estimates[Pair(car: leader, leader: other)] ?? []).map { $0 + shift }
        values += (estimates[Pair(car: other, leader: leader)] ?? []).map { shift - $0 }
      }
      shifts[leader] = mode(values)
    }
    let known = shifts
    for car in cars.indices where known[car] == nil {
      var values: [Int] = []
      for (leader, shift) in known {
        values += (estimates[Pair(car: car, leader: leader)] ?? []).map { $0 + shift }
      }
      shifts[car] = mode(values)
    }
    return shifts
  }

  /// Gap less difference of lap ends, for every lap on which neither car was in the pits; and how many each car led.
  private static func estimates(_ cars: [Car]) -> ([Pair: [Int]], led: [Int: Int]) {
    var estimates: [Pair: [Int]] = [:]
    var led: [Int: Int] = [:]
    let last = cars.compactMap(\.laps.laps.last?.number).max() ?? 0
    for number in stride(from: 1, through: last, by: 1) {
      var leaders: [(index: Int, end: Int)] = []
      var gaps: [(index: Int, end: Int, gap: Int)] = []
      for index in cars.indices {
        guard let lap = cars[index].lap(number), lap.pitIn == nil, lap.pitOut == nil, let end = lap.end,
          let gap = cars[index].gap(at: end)
        else { continue }
        if gap == .leads { leaders.append((index, end)) }
        if case .milliseconds(let value) = gap { gaps.append((index, end, Int(value))) }
      }
      for leader in leaders {
        for car in gaps {
          estimates[Pair(car: car.index, leader: leader.index), default: []].append(car.gap - (car.end - leader.end))
          led[leader.index, default: 0] += 1
        }
      }
    }
    return (estimates, led)
  }

  /// The commonest value; of equally common ones the smallest in size, then the lesser.
  private static func mode(_ values: [Int]) -> Int? {
    let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.min { (-$0.value, abs($0.key), $0.key) < (-$1.value, abs($1.key), $1.key) }?.key
  }
}
