/// The best that can be expected without knowing when a race will be neutralised: a stochastic dynamic programme over
/// tyre, age, obligations and the phase of the lap, alone on the track (after Heine and Thraves, CEJOR 2023).
///
/// A neutralised lap costs the same on every tyre, so only green laps and stops cost time. Milliseconds, floating.
package struct ExAnte: Sendable {
  /// What a lap is like, as far as it matters for waiting.
  enum Phase: Int, CaseIterable, Sendable {
    case racing = 0
    case safetyCar = 1
    case virtualSafetyCar = 2
  }

  /// What a car is in at the end of a lap.
  struct State: Sendable, Hashable {
    var slot: Int
    var age: Int
    var met: Bool
    var stops: Int
  }

  let lapCount: Int
  let caps: [Int]
  private let classes: [Compound.Class]
  let requiredStops: Int
  private let ageCount: Int
  private let stopLoss: [Double]
  private let turns: [[Double]]
  let pace: PaceTable
  /// Expected remaining time by lap, tyre, age, obligation, stops towards the minimum, phase.
  private var remaining: [Double]

  /// More than any race, and what a finish against the rules costs.
  static let forbidden = 1e9

  /// Solves the programme for one car.
  ///
  /// - Parameters:
  ///   - pace: The car's lap times as if every lap were green.
  ///   - caps: Per tyre of the table, laps a set may be driven; no less than the car really drove.
  ///   - stopLoss: What a stop costs on a green lap, ms.
  /// - Complexity: O(laps × tyres × ages × (phases + tyres)), about a millisecond.
  init(
    pace: PaceTable, lapCount: Int, caps: [Int], rules: RaceRules, stopLoss: Int64,
    chances: ModelConstants.Neutralisation,
    circuit: ModelConstants.Circuit, pitLoss: ModelConstants.PitLoss
  ) {
    self.pace = pace
    self.lapCount = lapCount
    self.caps = caps
    classes = pace.compounds.map(\.tyreClass)
    requiredStops = rules.minimumStops
    ageCount = (self.caps.max() ?? 0) + 1
    let loss = Double(stopLoss)
    self.stopLoss = [
      loss, loss * Double(pitLoss.safetyCarPercent) / 100, loss * Double(pitLoss.virtualSafetyCarPercent) / 100,
    ]
    turns = Self.turns(chances, circuit)
    remaining = []
    remaining = Array(repeating: Self.forbidden, count: (lapCount + 1) * perLap)
    solve()
  }

  /// Chances of the next lap's phase, by phase.
  private static func turns(_ chances: ModelConstants.Neutralisation, _ circuit: ModelConstants.Circuit) -> [[Double]] {
    let share = Double(circuit.safetyCarMillionths) / Double(chances.typicalSafetyCarMillionths)
    let safetyCar = chances.safetyCarStart * share
    let virtual = chances.virtualSafetyCarStart
    return [
      [1 - safetyCar - virtual, safetyCar, virtual],
      [1 / chances.safetyCarLaps, 1 - 1 / chances.safetyCarLaps, 0],
      [1 / chances.virtualSafetyCarLaps, 0, 1 - 1 / chances.virtualSafetyCarLaps],
    ]
  }

  private var perLap: Int { caps.count * ageCount * 2 * (requiredStops + 1) * 3 }

  @inline(__always)
  private func index(_ lap: Int, _ state: State) -> Int {
    lap * perLap
      + (((state.slot * ageCount + state.age) * 2 + (state.met ? 1 : 0)) * (requiredStops + 1) + state.stops) * 3
  }

  private mutating func solve() {
    for slot in caps.indices {
      for age in 0..<ageCount {
        let end = index(lapCount, State(slot: slot, age: age, met: true, stops: requiredStops))
        for phase in 0..<3 { remaining[end + phase] = 0 }
      }
    }
    for lap in stride(from: lapCount - 1, through: 1, by: -1) {
      for slot in caps.indices {
        for met in [false, true] {
          for stops in 0...requiredStops { solve(lap: lap, slot: slot, met: met, stops: stops) }
        }
      }
    }
  }

  private mutating func solve(lap: Int, slot: Int, met: Bool, stops: Int) {
    let fitted = (0..<3).map { stopCost(after: lap, State(slot: slot, age: 0, met: met, stops: stops), phase: $0) }
    for age in 0..<ageCount {
      let state = State(slot: slot, age: age, met: met, stops: stops)
      let stay = stayCosts(after: lap, state)
      let place = index(lap, state)
      for phase in 0..<3 { remaining[place + phase] = min(stay[phase], fitted[phase].least) }
    }
  }

  /// Expected time from the end of a lap when the car stays on its set, by phase of that lap.
  @inline(__always)
  private func stayCosts(after lap: Int, _ state: State) -> InlineArray<3, Double> {
    var costs = InlineArray<3, Double>(repeating: Self.forbidden)
    guard state.age + 1 <= caps[state.slot] else { return costs }
    var older = state
    older.age += 1
    let next = index(lap + 1, older)
    let racing = Double(pace.milliseconds(slot: state.slot, wear: 4 * older.age, lap: lap + 1)) + remaining[next]
    for phase in 0..<3 {
      costs[phase] =
        turns[phase][0] * racing + turns[phase][1] * remaining[next + 1] + turns[phase][2] * remaining[next + 2]
    }
    return costs
  }

  /// Expected times of a stop at the end of a lap, by tyre fitted.
  private struct StopCosts {
    var byTyre: [Double]
    var least: Double
  }

  private func stopCost(after lap: Int, _ state: State, phase: Int) -> StopCosts {
    guard lap >= 2, lap < lapCount else { return StopCosts(byTyre: [], least: Self.forbidden) }
    let byTyre = caps.indices.map { slot in
      stopLoss[phase] + stayCosts(after: lap, fitted(state, slot: slot))[phase]
    }
    return StopCosts(byTyre: byTyre, least: byTyre.min() ?? Self.forbidden)
  }

  private func fitted(_ state: State, slot: Int) -> State {
    State(
      slot: slot, age: 0, met: state.met || slot != state.slot || classes[slot] != .slick,
      stops: min(state.stops + 1, requiredStops))
  }

  /// The best expected time from the end of a lap.
  func value(after lap: Int, _ state: State, _ phase: Phase) -> Double { remaining[index(lap, state) + phase.rawValue] }

  /// The expected time of what was called at the end of a lap: the tyre fitted, or nil for staying out.
  func value(ofCalling tyre: Int?, after lap: Int, _ state: State, _ phase: Phase) -> Double {
    guard let tyre else { return stayCosts(after: lap, state)[phase.rawValue] }
    return stopCost(after: lap, state, phase: phase.rawValue).byTyre[tyre]
  }
}

extension ExAnte.Phase {
  /// The phase of a lap; a stoppage counts as racing.
  init(_ kind: LapKind) {
    self =
      switch kind {
      case .safetyCar: .safetyCar
      case .virtualSafetyCar: .virtualSafetyCar
      case .green, .yellow, .red: .racing
      }
  }
}
