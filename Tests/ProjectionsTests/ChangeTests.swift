import Events
import Projections
import Racing
import TestSupport
import Testing

struct Changes {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `whatever differs is among the changes`(_ seed: UInt64) throws {
    let events = LeaderboardAgainstOracle.history(seed)
    var random = SplitMix64(seed: seed)
    var model = ReadModel()
    var start = 0
    while start < events.count {
      var before = model
      let end = min(events.count, start + random.number(1...300))
      try model.apply(events[start..<end])
      let changes = model.takeChanges()
      #expect(!changes.isEverything)
      checkRuns(before, model, changes, events)
      for scope in LeaderboardAgainstOracle.scopes {
        let (old, new) = (before.leaderboard(scope, limit: .max), model.leaderboard(scope, limit: .max))
        if old.map(\.key) != new.map(\.key) { #expect(changes.leaderboards.contains(scope)) }
        for key in Set(old.map(\.key)).symmetricDifference(new.map(\.key)) {
          #expect(changes.leaderboardUsers.contains(.init(scope: scope, user: key.user)))
        }
      }
      for (circuit, season) in before.crowds
      where before.crowd(circuit: circuit, season: season) != model.crowd(circuit: circuit, season: season) {
        #expect(changes.windows.contains { $0.season == season })
      }
      start = end
    }
    #expect(model.takeChanges() == ReadModelChanges())
  }

  private func checkRuns(
    _ before: ReadModel, _ after: ReadModel, _ changes: ReadModelChanges, _ events: [RecordedEvent]
  ) {
    let changed = Set(changes.simulations)
    for event in events {
      guard case .simulationStarted = event.event, let run = after.simulation(event.stream) else { continue }
      if before.simulation(event.stream) != run { #expect(changed.contains(event.stream)) }
    }
    for user in Set(events.compactMap(\.actor)) where !before.simulations(of: user, limit: 1).isEmpty {
      if after.simulations(of: user, limit: 1).isEmpty { #expect(changes.erased.contains(user)) }
    }
  }

  @Test func `too much is everything`() throws {
    var history = ScriptedHistory()
    for user in 0..<70_000 as Range<UInt64> { _ = history.start(ScriptedHistory.user(user), ScriptedHistory.race(1)) }
    var model = try Equality.fold(history.events)
    #expect(
      model.takeChanges()
        == {
          var all = ReadModelChanges(); all.isEverything = true; return all
        }())
    #expect(model.takeChanges() == ReadModelChanges())
  }
}
