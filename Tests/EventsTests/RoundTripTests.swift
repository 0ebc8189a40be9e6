import Events
import Racing
import TestSupport
import Testing

struct RoundTrip {
  @Test(arguments: EventType.allCases)
  func `any event reads back as it was written`(_ type: EventType) throws {
    var random = SplitMix64(seed: UInt64(type.rawValue))
    for round in 0..<500 {
      let event = random.event(type)
      #expect(try Event(type: type, data: event.data) == event, "round \(round)")
    }
  }

  @Test(arguments: EventType.allCases)
  func `a changed byte never crashes, and never reads back as other bytes`(_ type: EventType) {
    var random = SplitMix64(seed: 1000 + UInt64(type.rawValue))
    for round in 0..<2000 {
      var data = random.event(type).data
      for _ in 0..<random.number(1...3) { data[random.number(0...(data.count - 1))] = random.number(0...255) }
      if Bool.random(using: &random) { data.removeLast(random.number(0...data.count)) }
      guard let event = try? Event(type: type, data: data) else { continue }
      // Only keys a newer program might have added may be lost.
      #expect(event.data == data || data.starts(with: event.data.dropLast()), "round \(round)")
    }
  }

  @Test(arguments: EventType.allCases)
  func `random bytes never crash`(_ type: EventType) {
    var random = SplitMix64(seed: 2000 + UInt64(type.rawValue))
    let alphabet = Array(#"{}":,0123456789-truefalsnikdp\"#.utf8)
    var refused = 0
    for _ in 0..<5000 {
      let data = (0..<random.number(0...60)).map { _ in alphabet.randomElement(using: &random)! }
      do { _ = try Event(type: type, data: data) } catch { refused += 1 }
    }
    #expect(refused > 4900)
  }

  @Test func `the longest event of fixed fields fits`() throws {
    let stop = SimulationFinished.Stop(lap: .min, compound: .intermediate)
    let event = Event.simulationFinished(
      SimulationFinished(
        pitTiming: .min, tyreEfficiency: .min, safetyCarReaction: .min, raceOutcome: .min, iq: .min, total: .min,
        toOptimum: .min, toReal: .min, place: .min, attempt: .min, isRanked: false, startCompound: .intermediate,
        stops: [stop, stop, stop, stop], stopCount: .max, undercutGain: .min, plan: .max))
    #expect(try Event(type: .simulationFinished, data: event.data) == event)
    let row = EventRow(
      position: Position(rawValue: .max), stream: StreamID(high: .max, low: .max), version: Version(rawValue: .max),
      type: .simulationAbandoned, actor: UserID(high: .max, low: .max), actorVersion: Version(rawValue: .max),
      command: CommandID(high: .max, low: .max), recordedAt: Timestamp(microseconds: 0), data: event.data)
    #expect(row.line.count > event.data.count + 300)
  }

  @Test func `every prefix is refused`() {
    for (event, text) in GoldenData.cases {
      for length in 0..<text.utf8.count {
        #expect(throws: EventDecodingError.self) {
          try Event(type: event.type, data: Array(text.utf8.prefix(length)))
        }
      }
    }
  }
}
