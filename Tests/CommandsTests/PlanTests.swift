import Commands
import Events
import Racing
import Testing

/// A whole plan in one call: all of it or nothing.
struct PlanTests {
  private func play(
    _ pits: Pits, start: Compound? = .medium, _ stops: [PlayPlan.Stop]
  ) async throws(CommandError) -> CommandOutcome {
    try await pits.send(.playPlan(PlayPlan(race: pits.race, driver: pits.driver, startCompound: start, stops: stops)))
  }

  @Test func `it is one run of one command`() async throws {
    let pits = Pits()
    let outcome = try await play(pits, [.init(lap: 6, compound: .hard), .init(lap: 13, compound: .soft)])
    let events = pits.log.all
    #expect(events.count == 6)
    #expect(Set(events.map(\.command)).count == 1)
    #expect(Set(events.map(\.stream)) == [outcome.simulation])
    guard case .simulationStarted(let started) = events[0].event else {
      Issue.record("a run begins with its start")
      return
    }
    #expect(started.isWholePlan)
    #expect(!started.isRanked)
    #expect(outcome.view.status == .finished)
    #expect(outcome.view.stops.map(\.lap) == [6, 13])
  }

  @Test func `a plan that breaks a rule leaves nothing`() async throws {
    let pits = Pits()
    let bad: [(stops: [PlayPlan.Stop], error: CommandError)] = [
      ([], .rule(.setTooOld(.medium, lap: 0, wearQuarters: 0, limitQuarters: 0))),
      ([.init(lap: 9, compound: .hard), .init(lap: 9, compound: .soft)], .planOutOfOrder(lap: 9, after: 9)),
      ([.init(lap: 9, compound: .hard), .init(lap: 4, compound: .soft)], .planOutOfOrder(lap: 4, after: 9)),
      ([.init(lap: 18, compound: .hard)], .rule(.stopOutsideRace(lap: 18, possible: 2...17))),
      ([.init(lap: 30, compound: .hard)], .afterLastLap(lap: 30, last: 18)),
      ([.init(lap: 1, compound: .hard)], .decisionInThePast(lap: 1, current: 1)),
      ([.init(lap: 9, compound: .wet)], .rule(.compoundNotAtRace(.wet, available: [.soft, .medium, .hard]))),
    ]
    for (stops, expected) in bad {
      do throws(CommandError) {
        _ = try await play(pits, stops)
        Issue.record("\(stops) was accepted")
      } catch {
        if stops.isEmpty {
          guard case .rule = error else {
            Issue.record("expected a rule, got \(error)")
            continue
          }
        } else {
          #expect(error == expected)
        }
      }
    }
    #expect(pits.log.all.isEmpty)
  }

  @Test func `the real start takes the real tyres`() async throws {
    let pits = Pits()
    let view = try await play(pits, start: nil, [.init(lap: 9, compound: .hard)]).view
    #expect(view.decisions.map(\.kind) == [.pit, .finish])
    #expect(view.result?.finished.startCompound == .medium)
  }
}
