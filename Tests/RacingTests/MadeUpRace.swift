import Racing

/// A small artefact in which everything happens within a few laps: stops, safety cars, red flags, retirements, lapped
/// cars. Not a plausible race, but a legal one.
struct MadeUpRace {
  /// What the race is to have.
  struct Shape {
    var laps = 15
    var cars = 7
    var isWet = false
    var safetyCar: ClosedRange<Int>?
    var virtualSafetyCar: ClosedRange<Int>?
    var red: ClosedRange<Int>?
    var rules = RaceRules()
    var caps = [7, 10, 13]
  }

  private static let codes = ["ADA", "BEA", "CLA", "DOT", "EVE", "FAY", "GUS", "HAL", "IDA"].map { DriverCode($0)! }

  private let shape: Shape
  private let kinds: [LapKind]
  private let compounds: [Compound]
  private var random: SplitMix

  /// A shape that follows from the seed: about every second race has a safety car, every fourth a red flag.
  static func shape(seed: UInt64) -> Shape {
    var random = SplitMix(seed: seed &* 77 &+ 5)
    var shape = Shape(laps: random.integer(in: 12...16), cars: random.integer(in: 4...9))
    let first = random.integer(in: 3...shape.laps - 4)
    switch random.integer(in: 0...5) {
    case 0, 1: shape.safetyCar = first...first + 2
    case 2: shape.virtualSafetyCar = first...first + 1
    case 3:
      shape.safetyCar = first...first
      shape.red = first + 1...first + random.integer(in: 1...2)
    case 4: shape.isWet = true
    default: break
    }
    return shape
  }

  /// The artefact of a seed; equal arguments give equal artefacts.
  static func artefact(seed: UInt64, _ shape: Shape? = nil) -> RaceArtefact {
    var race = MadeUpRace(seed: seed, shape: shape ?? Self.shape(seed: seed))
    return race.artefact(seed: seed)
  }

  /// The artefact and a car of it that can be driven.
  static func world(seed: UInt64, _ shape: Shape? = nil) throws -> (artefact: RaceArtefact, world: SimulationWorld) {
    let artefact = artefact(seed: seed, shape)
    let playable = artefact.cars.filter(\.isPlayable)
    let car = playable[Int(seed % UInt64(playable.count))]
    return (artefact, try SimulationWorld(artefact: artefact, driver: car.code))
  }

  private init(seed: UInt64, shape: Shape) {
    self.shape = shape
    random = SplitMix(seed: seed)
    compounds = shape.isWet ? [.soft, .medium, .intermediate] : [.soft, .medium, .hard]
    kinds = (0...shape.laps).map { lap in
      if shape.red?.contains(lap) == true { return .red }
      if shape.safetyCar?.contains(lap) == true { return .safetyCar }
      return shape.virtualSafetyCar?.contains(lap) == true ? .virtualSafetyCar : .green
    }
  }

  private mutating func artefact(seed: UInt64) -> RaceArtefact {
    let cars = (0..<shape.cars).map { car($0) }
    let paces = cars.map { _ in Optional(pace()) }
    return RaceArtefact(
      key: RaceKey(season: 2031, round: 4), modelVersion: String(repeating: "ab", count: 32),
      recordDigest: "\(seed)", lapCount: shape.laps, isWet: shape.isWet, isSynthetic: true, compounds: compounds,
      stintCaps: shape.caps, rules: shape.rules, cars: cars, laps: fieldLaps(cars),
      pitLoss: .init(
        inMilliseconds: Int64(random.integer(in: -500...5_000)),
        outMilliseconds: Int64(random.integer(in: 6_000...18_000)), laneBestMilliseconds: 19_000,
        laneMedianMilliseconds: 20_000, shares: .init(safetyCarPercent: 62, virtualSafetyCarPercent: 80)),
      follow: followMap(), paces: paces, parameters: [])
  }

  private mutating func followMap() -> RaceArtefact.FollowMap {
    var delta = -Int64(random.integer(in: 600...1_500))
    var gap = Int64(random.integer(in: 200...400))
    var deltas = [delta]
    var gaps = [gap]
    while gap < 2_800 {
      let run = Int64(random.integer(in: 300...1_500))
      let least = max(0, delta + run - gap)
      delta += run
      gap += Int64(random.integer(in: Int(least)...Int(run)))
      deltas.append(delta)
      gaps.append(gap)
    }
    return .init(
      thetaMilliseconds: Int64(random.integer(in: 100...1_600)), knotDeltas: deltas + [gap + 600],
      knotGaps: gaps + [gap + 600])
  }

  private mutating func car(_ index: Int) -> RaceArtefact.Car {
    let stop = random.integer(in: 3...shape.laps - 3)
    let isLapped = index == shape.cars - 1
    let retires = index == shape.cars - 2
    let lastLap = isLapped ? shape.laps - 1 : retires ? random.integer(in: 4...shape.laps - 1) : shape.laps
    var own = kinds
    let yellow = random.integer(in: 2...shape.laps)
    if own[yellow] == .green { own[yellow] = .yellow }
    let elapsed = elapsed(index, stop: stop, lastLap: lastLap)
    let stints = stints(stop: min(stop, lastLap), lastLap: lastLap)
    return RaceArtefact.Car(
      code: Self.codes[index], team: "Team \(index / 2)", lastLap: lastLap, position: retires ? nil : index + 1,
      isFinisher: !retires, elapsed: elapsed, kinds: own, inLaps: (0...shape.laps).map { $0 == stop },
      outLaps: (0...shape.laps).map { $0 == stop + 1 && $0 <= lastLap }, stints: stints, isPlayable: !retires,
      grid: index + 1)
  }

  private mutating func elapsed(_ index: Int, stop: Int, lastLap: Int) -> [Int64] {
    var elapsed: [Int64] = [0]
    for lap in 1...shape.laps {
      guard lap <= lastLap else {
        elapsed.append(-1)
        continue
      }
      var time = Int64(random.integer(in: 79_000...81_500)) + (lap == 1 ? 2_000 + 700 * Int64(index) : 0)
      switch kinds[lap] {
      case .safetyCar: time = 110_000 + Int64(random.integer(in: 0...9_000)) - 300 * Int64(index)
      case .virtualSafetyCar: time += 30_000
      case .red: time = 900_000 + Int64(random.integer(in: 0...4_000))
      case .green, .yellow: break
      }
      if lap == stop { time += 3_000 }
      if lap == stop + 1 { time += 16_000 }
      elapsed.append(elapsed[lap - 1] + time)
    }
    return elapsed
  }

  private mutating func stints(stop: Int, lastLap: Int) -> [RaceArtefact.Stint] {
    let used = random.integer(in: 0...2)
    guard stop < lastLap else {
      return [.init(compound: compounds[used], firstLap: 1, lastLap: lastLap, ageAtStart: used, isFree: true)]
    }
    return [
      .init(compound: compounds[used], firstLap: 1, lastLap: stop, ageAtStart: used, isFree: true),
      .init(
        compound: compounds[(used + 1) % 3], firstLap: stop + 1, lastLap: lastLap, ageAtStart: 0,
        isFree: kinds[stop] == .red),
    ]
  }

  private func fieldLaps(_ cars: [RaceArtefact.Car]) -> [RaceArtefact.FieldLap] {
    (0...shape.laps).map { lap in
      let driven = cars.filter { lap <= $0.lastLap }
      let durations = driven.map { lap == 0 ? 0 : $0.elapsed[lap] - $0.elapsed[lap - 1] }.sorted()
      return RaceArtefact.FieldLap(
        paceMillionths: 1_000_000, safetyCarMilliseconds: 111_000,
        floorMilliseconds: driven.map { $0.elapsed[lap] }.min()!,
        medianDurationMilliseconds: durations[durations.count / 2])
    }
  }

  /// In a wet race it rains in the middle third: slicks lose a minute a lap there, intermediates everywhere else.
  private mutating func pace() -> PaceTable {
    let wearCount = 4 * (shape.caps.max()! + 2) + 1
    var values: [Int32] = []
    for slot in compounds.indices {
      let fresh = 78_000 + 450 * Int32(slot) + Int32(random.integer(in: -300...300))
      let loss = [160, 110, 80][slot] + Int32(random.integer(in: -10...10))
      for wear in 0..<wearCount {
        for lap in 0...shape.laps {
          let rains = (shape.laps / 3...2 * shape.laps / 3).contains(lap)
          let isWrong = shape.isWet && rains == (compounds[slot].tyreClass == .slick)
          values.append(fresh + loss * Int32(wear) + Int32(random.integer(in: 0...60)) + (isWrong ? 60_000 : 0))
        }
      }
    }
    return PaceTable(compounds: compounds, wearCount: wearCount, lapCount: shape.laps, values: values)
  }
}
