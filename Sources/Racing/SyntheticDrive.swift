/// Drives a made-up race, always advancing the car that is furthest back in time by one lap, so that everybody ahead on
/// the road has been driven already.
struct SyntheticDrive {
  /// A stretch in which everybody is slow; times in milliseconds.
  struct Period {
    let kind: Neutralisation.Kind
    let start: Double
    var end: Double?
  }

  let truth: SyntheticTruth
  var random: SplitMix
  var cars: [SyntheticCar]
  var periods: [Period] = []
  private var yellows: [Double] = []
  private var flag: Double?
  private let safetyCarLength: Double

  static let laneMilliseconds = 22_000.0
  static let inLoss = 4_000.0
  static let outLoss = 18_300.0

  init(truth: SyntheticTruth, random: SplitMix) {
    self.truth = truth
    self.random = random
    let lap = truth.base * 1000
    let laps = Double(truth.laps)
    safetyCarLength = 4 * 1.45 * lap
    cars = []
    let crash = (0.35 + 0.3 * self.random.uniform()) * laps * lap
    periods.append(Period(kind: .safetyCar, start: crash + 0.4 * lap))
    if self.random.uniform() < 0.5 {
      let start = (0.12 + 0.1 * self.random.uniform()) * laps * lap
      periods.insert(Period(kind: .virtualSafetyCar, start: start, end: start + 2.1 * lap), at: 0)
    }
    line(up: crash)
  }

  /// Drives until everybody has seen the flag or has retired.
  mutating func run() {
    while let next = cars.indices.filter({ !cars[$0].isDone }).min(by: { cars[$0].clock < cars[$1].clock }) {
      driveLap(of: next)
    }
  }

  /// Qualifying, plans and who will retire.
  private mutating func line(up crash: Double) {
    let pace = SyntheticTruth.drivers.indices.map { driver in
      truth.teamPace[driver / 2] + truth.driverPace[driver] + 0.22 * random.normal()
    }
    let order = pace.indices.sorted { (pace[$0], $0) < (pace[$1], $1) }
    var slots = [Int](repeating: 0, count: order.count)
    for (slot, driver) in order.enumerated() { slots[driver] = slot + 1 }
    cars = slots.indices.map { SyntheticCar(driver: $0, slot: slots[$0], truth: truth, random: &random) }
    cars[order[random.integer(in: 8...19)]].retires = (after: crash, why: "Accident")
    if random.uniform() < 0.6 {
      let stops = (0.2 + 0.6 * random.uniform()) * Double(truth.laps) * truth.base * 1000
      let car = order[random.integer(in: 4...19)]
      if cars[car].retires == nil { cars[car].retires = (after: stops, why: "Gearbox") }
    }
    let late = order[random.integer(in: 3...15)]
    if let stop = cars[late].plan.first, stop.lap > 8 {
      cars[late].penalty = Penalty(lap: stop.lap - 4, milliseconds: 5_000)
    }
  }

  private mutating func driveLap(of index: Int) {
    var car = cars[index]
    let lap = car.lap + 1
    let leads = cars.allSatisfy { $0.lap < lap }
    let start = car.clock
    let pits = car.pits(on: lap, safetyCar: slowed(at: start), truth: truth, random: &random)
    let natural = naturalLap(of: car, lap: lap)
    var end = finish(from: start, natural: natural, leads: leads)
    if lap == 1 { end += 5_200 + 380 * Double(car.slot) + 250 * random.normal() }
    let share = share(at: start)
    if car.isOutLap { end += (Self.outLoss + car.crew) * share }
    if pits { end += Self.inLoss * share } else if lap > 1 { end = follow(car, lap: lap, end: end) }
    car.finishLap(
      lap, at: end.rounded(), pits: pits, lane: Self.laneMilliseconds, wear: wear(at: start), random: &random)
    if leads { noteLeader(at: car.clock, lap: lap) }
    if let retires = car.retires, car.clock > retires.after {
      car.isDone = true
      yellows.append(car.clock + 20_000)
    }
    if lap == truth.laps || flag.map({ car.clock >= $0 }) == true { car.isDone = true }
    cars[index] = car
  }

  /// The safety car comes in as the leader ends a lap; the first to finish ends the race.
  private mutating func noteLeader(at clock: Double, lap: Int) {
    for index in periods.indices where periods[index].end == nil && clock >= periods[index].start + safetyCarLength {
      periods[index].end = clock
    }
    if lap == truth.laps { flag = clock }
  }

  private mutating func naturalLap(of car: SyntheticCar, lap: Int) -> Double {
    let seconds = truth.lapTime(driver: car.driver, lap: lap, compound: car.compound, age: car.wear + 1)
    let gap = cars.compactMap { $0.latest(before: car.clock) }.max().map { car.clock - $0 } ?? 9_000
    let dirty = 0.35 * clamp(1 - gap / 2_000, 0, 1)
    return (seconds + dirty + truth.noise * random.normal()) * 1000
  }

  /// Runs a lap through the periods it meets.
  private func finish(from start: Double, natural: Double, leads: Bool) -> Double {
    var clock = start
    var left = 1.0
    for period in periods {
      let before = max(0, period.start - clock) / natural
      if before >= left { return clock + left * natural }
      left -= before
      clock = max(clock, period.start)
      let slow = natural * (period.kind == .safetyCar ? (leads ? 1.45 : 1.22) : 1.40)
      guard let end = period.end else { return clock + left * slow }
      let within = max(0, end - clock) / slow
      if within >= left { return clock + left * slow }
      left -= within
      clock = max(clock, end)
    }
    return clock + left * natural
  }

  /// Nobody passes behind the safety car; elsewhere a car needs to be clearly faster.
  private mutating func follow(_ car: SyntheticCar, lap: Int, end: Double) -> Double {
    var result = end
    let needed = 650 + 350 * random.uniform()
    let slow = slowed(at: car.clock) != nil
    for other in cars where other.lap >= lap && other.time(lap - 1) < car.clock && !other.pitLaps.contains(lap) {
      let theirs = other.time(lap)
      if slow && !other.pitLaps.contains(lap - 1) {
        result = max(result, theirs + 700 + 400 * random.uniform())
      } else if theirs - end < needed {
        result = max(result, theirs + 450 + 250 * random.uniform())
      }
    }
    return result
  }

  private func slowed(at clock: Double) -> Period? {
    periods.first { $0.start <= clock && clock < $0.end ?? .infinity }
  }

  private func share(at clock: Double) -> Double {
    switch slowed(at: clock)?.kind {
    case .safetyCar: 0.62
    case .virtualSafetyCar: 0.66
    default: 1
    }
  }

  private func wear(at clock: Double) -> Double {
    switch slowed(at: clock)?.kind {
    case .safetyCar: 0.25
    case .virtualSafetyCar: 0.5
    default: 1
    }
  }

  /// What changed on the track and when: time and status digit, in order.
  var statusChanges: [(time: Double, digit: Character)] {
    var changes: [(time: Double, digit: Character)] = []
    for period in periods {
      let isSafetyCar = period.kind == .safetyCar
      changes.append((period.start, isSafetyCar ? "4" : "6"))
      guard let end = period.end else { continue }
      if !isSafetyCar { changes.append((end - 8_000, "7")) }
      changes.append((end, "1"))
    }
    for yellow in yellows where slowed(at: yellow) == nil && slowed(at: yellow + 30_000) == nil {
      changes += [(yellow, "2"), (yellow + 30_000, "1")]
    }
    return changes.sorted { $0.time < $1.time }
  }
}
