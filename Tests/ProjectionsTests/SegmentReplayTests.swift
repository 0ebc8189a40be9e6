import Events
import TestSupport
import Testing

@testable import Projections

/// A replay from segments against one event by event: the same bytes.
@Suite struct SegmentReplayTests {
  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func `segments of any length give the same state`(seed: UInt64) throws {
    var options = RandomHistory.Options()
    options.events = 6000
    let events = RandomHistory.events(seed: seed, options)
    var expected = ReadModel()
    try expected.apply(events)
    var random = SplitMix64(seed: seed &+ 100)
    var model = ReadModel()
    var start = 0
    while start < events.count {
      let end = min(events.count, start + random.number(1...2000))
      let segment = try Segment(sealing: events[start..<end].map { EventRow($0) })
      if Bool.random(using: &random) {
        try model.apply(segment.columns(forLines: false))
      } else {
        try model.apply(Array(events[start..<end]))
      }
      start = end
    }
    #expect(model.stateHash == expected.stateHash, "seed \(seed)")
    #expect(model.position == expected.position)
  }

  @Test(arguments: [UInt64(11), 12, 13])
  func `a segment is gone on with from within, and left within it`(seed: UInt64) throws {
    let events = RandomHistory.events(seed: seed)
    let segment = try Segment(sealing: events.map { EventRow($0) }).columns(forLines: false)
    var random = SplitMix64(seed: seed &+ 200)
    var model = ReadModel()
    while model.position.rawValue < events.count {
      let end = min(events.count, Int(model.position.rawValue) + random.number(1...400))
      try model.apply(segment, through: Position(rawValue: Int64(end)))
      var expected = ReadModel()
      try expected.apply(Array(events[..<end]))
      #expect(model.position == expected.position)
      #expect(model.stateHash == expected.stateHash, "seed \(seed), event \(end)")
    }
  }

  @Test func `a segment that does not come next, or holds a poison event, is refused where it stands`() throws {
    let events = RandomHistory.events(seed: 7)
    let rows = events.map { EventRow($0) }
    let second = try Segment(sealing: Array(rows[100..<200])).columns(forLines: false)
    var model = ReadModel()
    #expect(throws: PoisonEvent(position: second.first, reason: .outOfOrder(expected: Position(rawValue: 1)))) {
      try model.apply(second)
    }
    var random = SplitMix64(seed: 8)
    let unknown: StreamID = random.identifier()
    var poisoned = Array(rows[..<50])
    poisoned.append(
      EventRow(
        RecordedEvent(
          position: Position(rawValue: 51), stream: unknown, version: Version(rawValue: 1), actor: nil,
          actorVersion: nil, command: random.identifier(), recordedAt: rows[49].recordedAt,
          event: .simulationAdvanced(SimulationAdvanced(lap: 3)))))
    let segment = try Segment(sealing: poisoned).columns(forLines: false)
    #expect(throws: PoisonEvent(position: Position(rawValue: 51), reason: .unknownSimulation(unknown))) {
      try model.apply(segment)
    }
    #expect(model.position.rawValue == 50)
    var expected = ReadModel()
    try expected.apply(Array(events[..<50]))
    #expect(model.stateHash == expected.stateHash)
  }
}
