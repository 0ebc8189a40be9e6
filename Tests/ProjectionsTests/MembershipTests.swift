import Events
import Projections
import Racing
import TestSupport
import Testing

struct ClustersOfPlayersWithManyRuns {
  static let race = ScriptedHistory.race(1)

  /// One account plays `runs` times with plans of its own, then twice the plan that `others` accounts play as well.
  private func history(runs: Int, others: UInt64) -> ScriptedHistory {
    var history = ScriptedHistory()
    history.importRace(Self.race, circuit: "monaco")
    for run in 0..<runs { play(&history, 1, stop: 9, plan: UInt64(1000 + run)) }
    for _ in 0..<2 { play(&history, 1, stop: 9, plan: 7) }
    for other in 0..<others { play(&history, 100 + other, stop: 30, plan: 7) }
    return history
  }

  private func play(_ history: inout ScriptedHistory, _ user: UInt64, stop: Int32, plan: UInt64) {
    history.play(ScriptedHistory.user(user), Self.race, iq: 7500, stops: [stop], plan: plan)
  }

  private func weightAtThirty(_ model: ReadModel) throws -> Int64 {
    var model = model
    let crowd = model.crowd(circuit: "monaco", season: 2023)
    let sums = try #require(crowd).sums
    return Array(sums.laps(of: StopSlot(stopCount: 1, stop: 1)!))[30]
  }

  @Test(arguments: [1, 60, 61, 62, 63, 64, 65, 300])
  func `an account is one user of a cluster however often it plays`(_ runs: Int) throws {
    let three = try Equality.fold(history(runs: runs, others: 3).events)
    #expect(try weightAtThirty(three) == 3 * 250_000)
    let four = try Equality.fold(history(runs: runs, others: 4).events)
    #expect(try weightAtThirty(four) == 4 * (250_000 / 5))
  }

  @Test(arguments: [10, 300])
  func `a snapshot keeps what was known of them`(_ runs: Int) throws {
    var history = history(runs: runs, others: 3)
    let before = history.events.count
    play(&history, 1, stop: 9, plan: 7)
    play(&history, 200, stop: 30, plan: 7)
    let whole = try Equality.fold(history.events)
    var model = try ReadModel(snapshot: Equality.fold(Array(history.events[..<before])).snapshot())
    try model.apply(Array(history.events[before...]))
    #expect(model.stateHash == whole.stateHash)
    #expect(model.snapshot() == whole.snapshot())
    #expect(try weightAtThirty(model) == 4 * (250_000 / 5))
  }

  @Test func `erased, it leaves its clusters`() throws {
    var history = history(runs: 300, others: 4)
    let user = ScriptedHistory.user(1)
    history.record(.userErased(UserErased()), on: StreamID(user: user), by: user)
    #expect(try weightAtThirty(try Equality.fold(history.events)) == 4 * 250_000)
  }
}
