/// One car of a made-up race while it is driven. Times in milliseconds since the start.
struct SyntheticCar {
  let driver: Int
  let slot: Int
  /// Stops still to come.
  var plan: [(lap: Int, compound: Compound)]
  var compound: Compound
  /// Laps on the set, earlier sessions included.
  var age: Int
  /// Effective age: slow laps count less.
  var wear: Double
  /// What the crew adds at the stop just made.
  var crew = 0.0
  var penalty: Penalty?
  var retires: (after: Double, why: String)?
  var isDone = false
  private(set) var isOutLap = false
  private(set) var times: [Double] = [0]
  private(set) var laps: [Lap] = []
  private(set) var stops: [PitStop] = []
  private(set) var pitLaps: Set<Int> = []
  private var fitted: Set<Compound>
  private var laneExit: Double?

  init(driver: Int, slot: Int, truth: SyntheticTruth, random: inout SplitMix) {
    self.driver = driver
    self.slot = slot
    let plans: [[(share: Double, compound: Compound)]] = [
      [(0, .medium), (0.40, .hard)], [(0, .hard), (0.62, .medium)], [(0, .soft), (0.26, .hard)],
      [(0, .soft), (0.24, .medium), (0.60, .medium)], [(0, .medium), (0.30, .hard), (0.70, .medium)],
      [(0, .medium), (0.44, .hard)],
    ]
    let chosen = plans[random.integer(in: 0...plans.count - 1)]
    compound = chosen[0].compound
    plan = chosen.dropFirst().map { stop in
      (lap: Int(stop.share * Double(truth.laps)) + random.integer(in: -3...3), compound: stop.compound)
    }
    age = compound == .soft ? 3 : 0
    wear = Double(age)
    fitted = [compound]
  }

  var lap: Int { times.count - 1 }
  var clock: Double { times[times.count - 1] }
  func time(_ lap: Int) -> Double { times[lap] }

  /// The latest crossing of the line strictly before `clock`.
  func latest(before clock: Double) -> Double? { times.dropFirst().last { $0 < clock } }

  /// Whether the car comes in at the end of the lap. It may change its plan for the weather or a safety car.
  mutating func pits(
    on lap: Int, safetyCar: SyntheticDrive.Period?, truth: SyntheticTruth, random: inout SplitMix
  ) -> Bool {
    guard lap > 1, lap < truth.laps - 2 else { return false }
    if compound.tyreClass == .slick, truth.wetness(lap: lap) > 0.35, random.uniform() < 0.6 {
      plan = [(lap: lap, compound: .intermediate)]
    } else if safetyCar?.kind == .safetyCar, age > 6, truth.laps - lap > 10, compound.tyreClass == .slick {
      hasten(to: lap, truth: truth, random: &random)
    }
    return plan.first.map { $0.lap <= lap } ?? false
  }

  private mutating func hasten(to lap: Int, truth: SyntheticTruth, random: inout SplitMix) {
    if let next = plan.first, next.lap - lap < 15 {
      plan[0].lap = lap
    } else if plan.isEmpty, age > 14, random.uniform() < 0.5 {
      plan = [(lap: lap, compound: truth.laps - lap < 20 ? .soft : .medium)]
    }
  }

  /// Notes a lap that ended at `end`, and changes tyres when the car came in.
  mutating func finishLap(
    _ number: Int, at end: Double, pits: Bool, lane: Double, wear laps: Double, random: inout SplitMix
  ) {
    let duration = Int64(end - clock)
    age += 1
    wear += laps
    let sectors = [duration * 3 / 10, duration * 4 / 10]
    self.laps.append(
      Lap(
        number: number, timeMilliseconds: duration,
        sectorMilliseconds: [sectors[0], sectors[1], duration - sectors[0] - sectors[1]],
        elapsedMilliseconds: Int64(end), compound: compound, tyreLife: age, stint: stops.count + 1,
        pitInElapsedMilliseconds: pits ? Int64(end) - 4_500 : nil,
        pitOutElapsedMilliseconds: isOutLap ? laneExit.map { Int64($0) } : nil))
    times.append(end)
    isOutLap = pits
    guard pits else { return }
    pitLaps.insert(number)
    stop(after: number, end: end, lane: lane, random: &random)
  }

  private mutating func stop(after number: Int, end: Double, lane: Double, random: inout SplitMix) {
    crew = 300 * random.uniform() + 150 * abs(random.normal())
    if random.uniform() < 0.06 { crew += 1_500 + 4_000 * random.uniform() }
    if let penalty, penalty.lap < number, stops.isEmpty { crew += Double(penalty.milliseconds) }
    let spent = (lane + crew).rounded()
    laneExit = end - 4_500 + spent
    stops.append(PitStop(lap: number, laneMilliseconds: Int64(spent), tyresChanged: true))
    let next = plan.removeFirst().compound
    // Two dry compounds are an obligation; a hastened plan may have forgotten it.
    compound = plan.isEmpty && fitted == [next] ? (next == .hard ? .medium : .hard) : next
    fitted.insert(compound)
    age = 0
    wear = 0
  }
}
