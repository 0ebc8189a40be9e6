import Events
import Racing
import TestSupport
import Testing

@testable import Projections

struct Audit {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `every decision of every account is listed, in order, with what it cost`(_ seed: UInt64) throws {
    let events = RandomHistory.events(seed: seed)
    let model = try Equality.fold(events)
    let oracle = Oracle(events)
    for (user, runs) in Dictionary(grouping: oracle.runs, by: \.user) {
      let expected = runs.flatMap { run in
        run.decisions.map { position, decision in
          DecisionRecord(
            position: Position(rawValue: position), simulation: run.id, user: user, lap: decision.lap,
            kind: decision.kind, compound: decision.compound, pace: decision.pace, regret: decision.regret,
            isOptimal: decision.isOptimal)
        }
      }.sorted { $0.position < $1.position }
      #expect(model.decisions(of: user, limit: .max) == expected)
      for run in runs {
        #expect(model.decisions(of: run.id) == expected.filter { $0.simulation == run.id })
      }
      var paged: [DecisionRecord] = []
      while true {
        let page = model.decisions(of: user, after: paged.last?.position ?? .zero, limit: 3)
        if page.isEmpty { break }
        paged += page
      }
      #expect(paged == expected)
      let middle = Position(rawValue: Int64(events.count / 2))
      #expect(model.decisions(of: user, after: middle, limit: .max) == expected.filter { $0.position > middle })
    }
    #expect(model.decisions(after: .zero, limit: .max).count == oracle.runs.reduce(0) { $0 + $1.decisions.count })
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `counters count what is there`(_ seed: UInt64) throws {
    let events = RandomHistory.events(seed: seed)
    let statistics = try Equality.fold(events).statistics
    let oracle = Oracle(events)
    #expect(statistics.simulations == oracle.runs.count)
    #expect(statistics.finishedSimulations == oracle.runs.count { $0.finished != nil })
    #expect(statistics.rankedSimulations == oracle.runs.count { $0.finished?.isRanked == true && !$0.wasGuest })
    #expect(statistics.decisions == oracle.runs.reduce(0) { $0 + $1.decisions.count })
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `every run of every account is listed, by start`(_ seed: UInt64) throws {
    let events = RandomHistory.events(seed: seed)
    let model = try Equality.fold(events)
    let oracle = Oracle(events)
    for (user, runs) in Dictionary(grouping: oracle.runs, by: \.user) {
      let records = model.simulations(of: user, limit: .max)
      #expect(records.map(\.id) == runs.map(\.id))
      for (record, run) in zip(records, runs) {
        #expect(record.result?.iq == run.finished?.iq)
        #expect(record.result?.stops == run.finished?.stops)
        #expect(record.result?.undercutGain == run.finished?.undercutGain)
        #expect(record.result?.safetyCarReaction == run.finished?.safetyCarReaction)
        #expect(record.ended?.rawValue == run.ended)
        #expect(record.attempt.map { Int($0) } == run.finished.map { _ in oracle.attempt(run) })
        #expect(model.simulation(run.id) == record)
      }
      var paged: [SimulationRecord] = []
      while case let page = model.simulations(of: user, after: paged.last?.id, limit: 2), !page.isEmpty {
        paged += page
      }
      #expect(paged == records)
    }
    #expect(model.statistics.simulations == Int64(oracle.runs.count))
    #expect(model.statistics.finishedSimulations == Int64(oracle.runs.count { $0.finished != nil }))
  }

  @Test func `an erased account has no history, and what it still does is not recorded`() throws {
    var history = ScriptedHistory()
    let user = ScriptedHistory.user(1)
    history.importRace(ScriptedHistory.race(1), circuit: "monaco")
    history.register(user)
    history.play(user, ScriptedHistory.race(1), iq: 9000)
    let open = history.start(user, ScriptedHistory.race(1))
    history.record(.userErased(UserErased()), on: StreamID(user: user), by: user)
    history.advance(open, by: user, to: 9)
    history.finish(open, by: user, iq: 9000)
    let late = history.start(user, ScriptedHistory.race(1))
    history.finish(late, by: user, iq: 9000)
    history.record(.userErased(UserErased()), on: StreamID(user: user), by: user)
    var model = try Equality.fold(history.events)
    #expect(model.simulations(of: user, limit: 10).isEmpty)
    #expect(model.simulation(open) == nil && model.simulation(late) == nil)
    #expect(model.kind(of: user) == nil)
    #expect(model.statistics.users == 0 && model.statistics.simulations == 0)
    #expect(model.crowd(circuit: "monaco", season: 2023)?.finishedRuns == 0)
    #expect(model.crowd(circuit: "monaco", season: 2023)?.acceptedRuns == 0)
  }

  @Test func `ranked first attempts left lying are found`() throws {
    var history = ScriptedHistory()
    let (one, other) = (ScriptedHistory.user(1), ScriptedHistory.user(2))
    let left = history.start(one, ScriptedHistory.race(1))
    history.advance(left, by: one, to: 5)
    let practice = history.start(other, ScriptedHistory.race(1), isRanked: false)
    history.advance(practice, by: other, to: 5)
    history.seconds += 1000
    let fresh = history.start(other, ScriptedHistory.race(2))
    history.advance(fresh, by: other, to: 5)
    let model = try Equality.fold(history.events)
    #expect(model.rankedRuns(untouchedSince: history.seconds, limit: 10) == [left])
    #expect(model.rankedRuns(untouchedSince: history.seconds + 1, limit: 10) == [left, fresh])
    #expect(model.rankedRuns(untouchedSince: history.seconds + 1, limit: 1) == [left])
  }
}
