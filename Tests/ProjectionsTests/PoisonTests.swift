import Events
import Projections
import Racing
import TestSupport
import Testing

struct Poison {
  let user = ScriptedHistory.user(1)
  let race = ScriptedHistory.race(1)

  /// The script's last event is refused for the reason, and nothing of it stays.
  private func expect(_ reason: PoisonEvent.Reason, _ script: (inout ScriptedHistory) -> Void) throws {
    var history = ScriptedHistory()
    history.importRace(race, circuit: "monaco")
    script(&history)
    let last = history.events.last!
    var model = try Equality.fold(history.events.dropLast())
    let hash = model.stateHash
    #expect(throws: PoisonEvent(position: last.position, reason: reason)) { try model.apply(last) }
    #expect(model.stateHash == hash)
    #expect(model.position.rawValue == last.position.rawValue - 1)
    // The projection goes on with a good event in its place.
    var good = last
    good.event = .proGranted(ProGranted())
    try model.apply(good)
    #expect(model.position == last.position)
  }

  @Test func `an event of a run that never started`() throws {
    let stream = StreamID(high: 7, low: 7)
    try expect(.unknownSimulation(stream)) { $0.advance(stream, by: user, to: 3) }
  }

  @Test func `a run that starts again`() throws {
    let stream = StreamID(high: 0x0a0b, low: 1)
    try expect(.startedAlready(stream)) { history in
      _ = history.start(user, race)
      history.record(history.events.last!.event, on: stream, by: user)
    }
  }

  @Test func `an event of a run that is over`() throws {
    let stream = StreamID(high: 0x0a0b, low: 1)
    for isFinished in [true, false] {
      try expect(.overAlready(stream)) { history in
        let run = history.start(user, race)
        if isFinished { history.finish(run, by: user, iq: 1) } else { history.abandon(run, by: user, lap: 1) }
        history.finish(run, by: user, iq: 1)
      }
    }
  }

  @Test func `a run without a player`() throws {
    try expect(.actorMissing) { history in
      _ = history.start(user, race)
      history.record(history.events.last!.event, on: StreamID(high: 5, low: 5))
    }
  }

  @Test func `a number no run can have`() throws {
    try expect(.outOfRange(field: "iq", value: 10_001)) { history in
      let run = history.start(user, race)
      history.finish(run, by: user, iq: 7000)
      let next = history.start(user, race)
      guard case .simulationFinished(var event) = history.events[2].event else { return }
      event.iq = 10_001
      history.record(.simulationFinished(event), on: next, by: user)
    }
    try expect(.outOfRange(field: "lap", value: 256)) { history in
      let run = history.start(user, race)
      history.advance(run, by: user, to: 256)
    }
    try expect(.outOfRange(field: "startLap", value: -1)) { history in
      _ = history.start(user, race, startLap: -1)
    }
  }

  @Test func `an event out of order`() throws {
    var history = ScriptedHistory()
    for round in 1...3 { history.importRace(ScriptedHistory.race(Int16(round)), circuit: "x") }
    var model = try Equality.fold(history.events.prefix(1))
    let reason = PoisonEvent.Reason.outOfOrder(expected: Position(rawValue: 2))
    #expect(throws: PoisonEvent(position: Position(rawValue: 3), reason: reason)) { try model.apply(history.events[2]) }
    #expect(throws: PoisonEvent(position: Position(rawValue: 1), reason: reason)) { try model.apply(history.events[0]) }
    #expect(
      PoisonEvent(position: Position(rawValue: 3), reason: reason).description
        == "event 3 comes when event 2 is the next")
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `any event of any content is applied or refused, and leaves no trace when refused`(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var options = RandomHistory.Options()
    options.events = 200
    let events = RandomHistory.events(seed: seed, options)
    var model = try Equality.fold(events)
    for _ in 0..<40 {
      var event = events[random.number(0...(events.count - 1))]
      event.position = model.position.next
      event.event = random.event(random.any())
      let hash = model.stateHash
      do throws(PoisonEvent) { try model.apply(event) } catch { #expect(model.stateHash == hash) }
    }
  }
}
