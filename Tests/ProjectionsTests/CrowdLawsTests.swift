import Events
import Projections
import Racing
import TestSupport
import Testing

struct CrowdLaws {
  static let race = ScriptedHistory.race(1)

  /// A history of whole runs, in the order given.
  private func crowd(_ runs: [(user: UInt64, lap: Int32, plan: UInt64, second: Int64)], erased: [UInt64] = []) throws
    -> CrowdStatistics
  {
    var history = ScriptedHistory()
    history.importRace(Self.race, circuit: "monaco")
    for run in runs {
      history.seconds = 1_700_000_000 + run.second
      history.play(
        ScriptedHistory.user(run.user), Self.race, iq: 7500 + Int32(run.user % 2500), stops: [run.lap, 45],
        plan: run.plan, undercutGain: Int64(run.lap) * 10)
    }
    for user in erased {
      let user = ScriptedHistory.user(user)
      history.record(.userErased(UserErased()), on: StreamID(user: user), by: user)
    }
    var model = try Equality.fold(history.events)
    let crowd = model.crowd(circuit: "monaco", season: 2023)
    return try #require(crowd)
  }

  private func randomRuns(_ seed: UInt64) -> [(user: UInt64, lap: Int32, plan: UInt64, second: Int64)] {
    var random = SplitMix64(seed: seed)
    return (1...200).map { user in
      (UInt64(user), random.number(2...40), random.number(1...6), random.number(0...3000))
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `any order of the runs gives the same sums`(_ seed: UInt64) throws {
    var runs = randomRuns(seed)
    let expected = try crowd(runs)
    var random = SplitMix64(seed: seed + 1000)
    for _ in 0..<10 {
      runs.shuffle(using: &random)
      #expect(try crowd(runs) == expected)
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `an erased account leaves nothing behind`(_ seed: UInt64) throws {
    let runs = randomRuns(seed)
    var random = SplitMix64(seed: seed + 2000)
    let erased = (0..<60).map { _ in random.number(UInt64(1)...200) }
    #expect(try crowd(runs, erased: erased) == crowd(runs.filter { !erased.contains($0.user) }))
  }

  @Test func `a perfect first attempt weighs one million, IQ 75 a quarter of it`() throws {
    var history = ScriptedHistory()
    history.importRace(Self.race, circuit: "monaco")
    for round in 2...6 { history.play(ScriptedHistory.user(1), ScriptedHistory.race(Int16(round)), iq: 0) }
    history.play(ScriptedHistory.user(1), Self.race, iq: 10_000, stops: [20], plan: 1)
    for round in 2...6 { history.play(ScriptedHistory.user(2), ScriptedHistory.race(Int16(round)), iq: 0) }
    history.play(ScriptedHistory.user(2), Self.race, iq: 7_500, stops: [30], plan: 2)
    history.play(ScriptedHistory.user(3), Self.race, iq: 7_499, stops: [30], plan: 2)
    var model = try Equality.fold(history.events)
    let crowd = model.crowd(circuit: "monaco", season: 2023)
    let sums = try #require(crowd).sums
    let laps = Array(sums.laps(of: StopSlot(stopCount: 1, stop: 1)!))
    #expect(laps[20] == 1_000_000)
    #expect(laps[30] == 250_000)
    #expect(crowd?.finishedRuns == 3)
    #expect(crowd?.acceptedRuns == 2)
    #expect(sums.users == 2)
  }

  @Test func `five equal plans in one slot share one weight, four do not`() throws {
    func weights(_ users: ClosedRange<UInt64>, seconds: Int64 = 1) throws -> Int64 {
      let runs = users.map { (user: $0 * 2500, lap: Int32(20), plan: UInt64(7), second: Int64($0) * seconds) }
      return try crowd(runs).sums.totals(of: StopSlot(stopCount: 2, stop: 1)!).total
    }
    // IQ 75.00 each: 250,000 before clusters, below the cap of 360,000 of one ranked race.
    #expect(try weights(1...4) == 4 * 250_000)
    #expect(try weights(1...5) == 5 * (250_000 / 5))
    #expect(try weights(1...9) == 9 * (250_000 / 9))
    // One in each slot.
    #expect(try weights(1...9, seconds: 600) == 9 * 250_000)
  }

  @Test func `one user who plays five hundred times moves the window by two laps at most`() throws {
    let reference = CrowdReference(lapCount: 50)
    let slot = StopSlot(stopCount: 1, stop: 1)!
    func window(floods: Int) throws -> PitWindow {
      var history = ScriptedHistory()
      history.importRace(Self.race, circuit: "monaco")
      var random = SplitMix64(seed: 3)
      for user in 1...50 as ClosedRange<UInt64> {
        let lap = (0..<4).reduce(Int32(0)) { sum, _ in sum + random.number(Int32(3)...7) }
        history.seconds += 700
        history.play(ScriptedHistory.user(user), Self.race, iq: 9000, stops: [lap], plan: user)
      }
      for flood in 0..<floods {
        history.seconds += 700
        history.play(ScriptedHistory.user(999), Self.race, iq: 10_000, stops: [9], plan: UInt64(1000 + flood))
      }
      var model = try Equality.fold(history.events)
      return model.crowd(circuit: "monaco", season: 2023)!.window(of: slot, reference)
    }
    let (honest, flooded) = (try window(floods: 0), try window(floods: 500))
    #expect(abs(honest.laps.lowerBound - flooded.laps.lowerBound) <= 2, "\(honest.laps) \(flooded.laps)")
    #expect(abs(honest.laps.upperBound - flooded.laps.upperBound) <= 2, "\(honest.laps) \(flooded.laps)")
    #expect(honest.laps.contains(20))
  }

  @Test func `runs played before the race came in are counted when it does`() throws {
    var early = ScriptedHistory()
    var late = ScriptedHistory()
    early.importRace(Self.race, circuit: "monaco")
    for user in 1...20 as ClosedRange<UInt64> {
      early.play(ScriptedHistory.user(user), Self.race, iq: 8000, plan: user % 3)
      late.play(ScriptedHistory.user(user), Self.race, iq: 8000, plan: user % 3)
    }
    late.importRace(Self.race, circuit: "monaco")
    var (one, other) = (try Equality.fold(early.events), try Equality.fold(late.events))
    #expect(one.crowd(circuit: "monaco", season: 2023) == other.crowd(circuit: "monaco", season: 2023))
    #expect(other.crowd(circuit: "monaco", season: 2023)?.acceptedRuns == 20)
  }
}
