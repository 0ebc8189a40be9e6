import Racing
import TestSupport

/// A made-up artefact: a small field, wear that hurts, a safety car and sometimes a red flag. Not a plausible race,
/// but one in which everything happens within a few laps.
struct RandomRace {
  /// What the race is to have.
  struct Shape {
    var laps = 18
    var cars = 5
    /// First and last lap of a safety car; nil for none.
    var safetyCar: ClosedRange<Int>? = 8...10
    var redLap: Int?
    /// What rivals fit at their stop.
    var rivalTyre = Compound.hard
    var rules = RaceRules()
    var caps = [9, 13, 17]
    var key = RaceKey(season: 2031, round: 4)
  }

  static let compounds: [Compound] = [.soft, .medium, .hard]
  static let codes = ["ADA", "BEA", "CLA", "DOT", "EVE", "FAY", "GUS", "HAL"].map { DriverCode($0)! }

  /// The artefact of a seed; equal arguments give equal artefacts.
  static func artefact(seed: UInt64, _ shape: Shape = Shape()) -> RaceArtefact {
    var random = SplitMix64(seed: seed)
    let kinds = kinds(shape)
    let cars = (0..<shape.cars).map { car($0, shape, kinds, &random) }
    return RaceArtefact(
      key: shape.key, modelVersion: String(repeating: "ab", count: 32), recordDigest: "\(seed)",
      lapCount: shape.laps, isWet: false, isSynthetic: true, compounds: compounds, stintCaps: shape.caps,
      rules: shape.rules, cars: cars, laps: fieldLaps(shape, cars),
      pitLoss: .init(
        inMilliseconds: 3_000, outMilliseconds: 16_000, laneBestMilliseconds: 19_000, laneMedianMilliseconds: 20_000,
        shares: .init(safetyCarPercent: 62, virtualSafetyCarPercent: 80)),
      follow: .init(thetaMilliseconds: 900, knotDeltas: [-900, 0, 1_500, 3_500], knotGaps: [500, 800, 1_600, 3_500]),
      paces: (0..<shape.cars).map { _ in pace(shape, &random) }, parameters: [])
  }

  private static func kinds(_ shape: Shape) -> [LapKind] {
    (0...shape.laps).map { lap in
      if lap == shape.redLap { return .red }
      return shape.safetyCar?.contains(lap) == true ? .safetyCar : .green
    }
  }

  private static func car(
    _ index: Int, _ shape: Shape, _ kinds: [LapKind], _ random: inout SplitMix64
  ) -> RaceArtefact.Car {
    let stop = Int.random(in: 5...shape.laps - 5, using: &random)
    var elapsed: [Int64] = [0]
    for lap in 1...shape.laps {
      var time = Int64.random(in: 79_000...81_500, using: &random) + (lap == 1 ? 2_000 + 900 * Int64(index) : 0)
      if kinds[lap] == .safetyCar { time = 120_000 }
      if kinds[lap] == .red { time = 1_500_000 }
      if lap == stop { time += 3_000 }
      if lap == stop + 1 { time += 16_000 }
      elapsed.append(elapsed[lap - 1] + time)
    }
    return RaceArtefact.Car(
      code: codes[index], team: "Team \(index / 2)", lastLap: shape.laps, position: index + 1, isFinisher: true,
      elapsed: elapsed, kinds: kinds, inLaps: (0...shape.laps).map { $0 == stop },
      outLaps: (0...shape.laps).map { $0 == stop + 1 },
      stints: [
        .init(compound: .medium, firstLap: 1, lastLap: stop, ageAtStart: 0, isFree: true),
        .init(
          compound: index == 0 ? .hard : shape.rivalTyre, firstLap: stop + 1, lastLap: shape.laps, ageAtStart: 0,
          isFree: false),
      ], isPlayable: true, grid: index + 1)
  }

  private static func fieldLaps(_ shape: Shape, _ cars: [RaceArtefact.Car]) -> [RaceArtefact.FieldLap] {
    (0...shape.laps).map { lap in
      RaceArtefact.FieldLap(
        paceMillionths: 1_000_000, safetyCarMilliseconds: 120_000,
        floorMilliseconds: cars.map { $0.elapsed[lap] }.min()!, medianDurationMilliseconds: 80_000)
    }
  }

  private static func pace(_ shape: Shape, _ random: inout SplitMix64) -> PaceTable {
    let wearCount = 4 * shape.caps.max()! + 1
    var values: [Int32] = []
    for slot in compounds.indices {
      let fresh = 79_200 + 450 * Int32(slot) + Int32.random(in: -200...200, using: &random)
      let loss = [42, 30, 22][slot] + Int32.random(in: -4...4, using: &random)
      for wear in 0..<wearCount {
        for _ in 0...shape.laps { values.append(fresh + loss * Int32(wear) + Int32.random(in: 0...60, using: &random)) }
      }
    }
    return PaceTable(compounds: compounds, wearCount: wearCount, lapCount: shape.laps, values: values)
  }
}
