import Events
import Projections
import Racing

/// What the projections should say, worked out slowly from the whole history with dictionaries: nothing incremental,
/// nothing shared with them but the rules.
struct Oracle {
  struct Run {
    let id: StreamID
    let user: UserID
    let race: RaceKey
    let driver: DriverCode
    let isRanked: Bool
    let started: Int64
    let isByGuest: Bool
    var decisions: [(position: Int64, decision: DecisionMade)] = []
    /// Where it got beyond lap 1.
    var crossed: Int64?
    var ended: Int64?
    var endedAt: Timestamp?
    var finished: SimulationFinished?
    var wasGuest = false
  }

  private(set) var runs: [Run] = []
  private(set) var circuits: [RaceKey: String] = [:]
  private(set) var erased: Set<UserID> = []
  private(set) var banned: Set<UserID> = []
  private var index: [StreamID: Int] = [:]
  private var kinds: [UserID: UserRegistered.Kind] = [:]
  let rules = CrowdRules.standard

  init(_ events: [RecordedEvent]) {
    for event in events { take(event) }
    runs.removeAll { erased.contains($0.user) }
  }

  private mutating func take(_ event: RecordedEvent) {
    let position = event.position.rawValue
    if let run = index[event.stream], case .simulationStarted = event.event { fatalError("started twice: \(run)") }
    switch event.event {
    case .userRegistered(let registered): kinds[UserID(stream: event.stream)] = registered.kind
    case .guestRegistered:
      let user = UserID(stream: event.stream)
      if kinds[user] == .guest { kinds[user] = .registered }
    case .userErased: erased.insert(UserID(stream: event.stream))
    case .rankingRevoked: banned.insert(UserID(stream: event.stream))
    case .rankingGranted: banned.remove(UserID(stream: event.stream))
    case .raceImported(let imported): circuits[imported.race] = imported.circuit
    case .simulationStarted(let started):
      index[event.stream] = runs.count
      runs.append(
        Run(
          id: event.stream, user: event.actor!, race: started.race, driver: started.driver, isRanked: started.isRanked,
          started: position, isByGuest: kinds[event.actor!] == .guest))
      if started.startLap > 1 { runs[runs.count - 1].crossed = position }
    case .decisionMade(let decision):
      let run = index[event.stream]!
      runs[run].decisions.append((position, decision))
      switch decision.kind {
      case .start: break
      case .finish: drive(run, decision.lap, position)
      default: drive(run, decision.lap - 1, position)
      }
    case .simulationAdvanced(let advanced): drive(index[event.stream]!, advanced.lap, position)
    case .simulationFinished(let finished): end(event, finished, lap: .max)
    case .simulationAbandoned(let abandoned): end(event, nil, lap: abandoned.lap)
    case .proGranted, .proRevoked, .operatorGranted, .operatorRevoked, .autopsyComputed, .scoringRulesProposed,
      .scoringRulesChanged, .eventQuarantined:
      break
    }
  }

  private mutating func drive(_ run: Int, _ lap: Int32, _ position: Int64) {
    if lap >= 2, runs[run].crossed == nil { runs[run].crossed = position }
  }

  private mutating func end(_ event: RecordedEvent, _ finished: SimulationFinished?, lap: Int32) {
    let run = index[event.stream]!
    drive(run, lap, event.position.rawValue)
    runs[run].ended = event.position.rawValue
    runs[run].endedAt = event.recordedAt
    runs[run].finished = finished
    runs[run].wasGuest = runs[run].isByGuest || kinds[runs[run].user] == .guest
  }

  func attempt(_ run: Run) -> Int {
    1
      + runs.count {
        $0.id != run.id && $0.user == run.user && $0.race == run.race && ($0.crossed ?? .max) < run.ended!
      }
  }

  private func isFirst(_ run: Run) -> Bool {
    guard let crossed = run.crossed else { return false }
    return runs.allSatisfy {
      $0.id == run.id || $0.user != run.user || $0.race != run.race || ($0.crossed ?? .max) > crossed
    }
  }
}

// MARK: - Leaderboard

extension Oracle {
  struct Counted {
    let user: UserID
    let race: RaceKey
    let position: Int64
    let iq: Int64
  }

  /// Runs that count for the rating, by position.
  var counted: [Counted] {
    runs.filter { $0.ended != nil && $0.isRanked && !$0.wasGuest && isFirst($0) }
      .filter { $0.finished?.isRanked ?? true }
      .map { run in
        let iq = run.finished.map { attempt(run) == 1 ? Int64($0.iq) : 0 } ?? 0
        return Counted(user: run.user, race: run.race, position: run.ended!, iq: iq)
      }
      .sorted { $0.position < $1.position }
  }

  /// Keys in order, with rank and interval.
  func leaderboard(_ scope: LeaderboardScope) -> [(rank: Int, key: LeaderboardKey, interval: Int32)] {
    let runs = counted.filter { run in
      switch scope {
      case .overall: true
      case .season(let season): run.race.season == season
      case .circuit(let circuit): circuits[run.race] == circuit
      }
    }
    let listed = Dictionary(grouping: runs, by: \.user).filter { $0.value.count >= 5 && !banned.contains($0.key) }.map {
      user, runs in
      let n = Int64(runs.count)
      let sum = runs.reduce(0) { $0 + $1.iq }
      let mean = Double(sum) / Double(n)
      let squares = runs.reduce(0.0) { $0 + (Double($1.iq) - mean) * (Double($1.iq) - mean) }
      let variance = (squares + 5 * 1500 * 1500) / Double(n + 4)
      let key = LeaderboardKey(
        rating: Int32((sum + 5 * 6000 + (n + 5) / 2) / (n + 5)), runs: Int32(n),
        listedAt: Position(rawValue: runs[4].position), user: user)
      return (key: key, interval: 1.645 * (variance / Double(n + 5)).squareRoot())
    }
    return listed.map { row in
      let above = listed.count { $0.key.rating > row.key.rating }
      return (rank: 1 + above, key: row.key, interval: Int32(row.interval.rounded()))
    }.sorted { left, right in
      if left.key.rating != right.key.rating { return left.key.rating > right.key.rating }
      if left.key.runs != right.key.runs { return left.key.runs > right.key.runs }
      if left.key.listedAt != right.key.listedAt { return left.key.listedAt < right.key.listedAt }
      return left.key.user < right.key.user
    }
  }
}

// MARK: - Windows

extension Oracle {
  struct Sums: Equatable {
    var laps: [StopSlot: [Int: Int64]] = [:]
    var tyres: [StopSlot: [Int: Int64]] = [:]
    var plans: [Int: Int64] = [:]
    var gain: Int64 = 0
    var gainSquares: Int64 = 0
    /// Contribution of each user by stop, and by number of stops under nil.
    var users: [StopSlot?: [UserID: Int64]] = [:]
    var undercutUsers: [UserID: Int64] = [:]
    var accepted: [Int: Int64] = [:]
  }

  private struct Cluster: Hashable {
    let race: RaceKey
    let driver: DriverCode
    let slot: Int64
    let plan: UInt64
  }

  private func cluster(_ run: Run) -> Cluster {
    Cluster(
      race: run.race, driver: run.driver, slot: run.endedAt!.microseconds / 600_000_000, plan: run.finished!.plan)
  }

  func sums(circuit: String, season: Int16) -> Sums {
    let accepted = runs.filter { run in
      guard let finished = run.finished else { return false }
      return finished.isRanked && !run.wasGuest && finished.iq >= 7500
    }
    let clusters = Dictionary(grouping: accepted, by: cluster).mapValues { Set($0.map(\.user)).count }
    let countedRuns = Dictionary(grouping: counted, by: \.user).mapValues(\.count)
    let here = accepted.filter { circuits[$0.race] == circuit && $0.race.season == season }
    var sums = Sums()
    for (user, runs) in Dictionary(grouping: here, by: \.user) where !banned.contains(user) {
      let cap = 200_000 + 160_000 * Int64(min(5, countedRuns[user] ?? 0))
      add(runs.map { ($0.finished!, weight($0, clusters[cluster($0)]!)) }, of: user, cap: cap, to: &sums)
    }
    return sums
  }

  private func weight(_ run: Run, _ members: Int) -> Int64 {
    let iq = Int64(run.finished!.iq)
    var factor: Int64 = 1_000_000
    for _ in 1..<attempt(run) { factor /= 2 }
    let weight = (1000 * (250 + (750 * (iq - 7500)) / 2500)) * (250_000 + (750_000 * factor) / 1_000_000) / 1_000_000
    return members >= 5 ? weight / Int64(members) : weight
  }

  private func add(_ runs: [(SimulationFinished, Int64)], of user: UserID, cap: Int64, to sums: inout Sums) {
    var own = Sums()
    var undercuts: Int64 = 0
    for (run, weight) in runs {
      sums.accepted[Int(run.stopCount), default: 0] += 1
      if let gain = run.undercutGain {
        let gain = max(-30_000, min(30_000, gain))
        undercuts += weight
        own.gain += weight * gain
        own.gainSquares += weight * (gain * gain / 1000)
      }
      guard run.stopCount <= 4 else { continue }
      own.plans[Int(run.stopCount), default: 0] += weight
      for (index, stop) in run.stops.enumerated() {
        let slot = StopSlot(stopCount: Int(run.stopCount), stop: index + 1)!
        own.laps[slot, default: [:]][Int(stop.lap), default: 0] += weight
        own.tyres[slot, default: [:]][Int(stop.compound.rawValue), default: 0] += weight
      }
    }
    func capped(_ value: Int64, _ total: Int64) -> Int64 {
      guard total > cap else { return value }
      let product = Int128(value) * Int128(cap)
      return Int64((product - ((product % Int128(total)) + Int128(total)) % Int128(total)) / Int128(total))
    }
    for (slot, laps) in own.laps {
      let total = laps.values.reduce(0, +)
      for (lap, value) in laps {
        sums.laps[slot, default: [:]][lap, default: 0] += capped(value, total)
        sums.users[slot, default: [:]][user, default: 0] += capped(value, total)
      }
      for (tyre, value) in own.tyres[slot]! { sums.tyres[slot, default: [:]][tyre, default: 0] += capped(value, total) }
    }
    let plans = own.plans.values.reduce(0, +)
    for (plan, value) in own.plans {
      sums.plans[plan, default: 0] += capped(value, plans)
      sums.users[nil, default: [:]][user, default: 0] += capped(value, plans)
    }
    guard undercuts > 0 else { return }
    sums.gain += capped(own.gain, undercuts)
    sums.gainSquares += capped(own.gainSquares, undercuts)
    sums.undercutUsers[user] = capped(undercuts, undercuts)
  }
}
