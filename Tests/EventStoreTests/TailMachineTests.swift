import Events
import TestSupport
import Testing

@testable import EventStore

struct TailMachineTests {
  private func events(_ range: ClosedRange<Int64>) -> [RecordedEvent] {
    range.map { number in
      RecordedEvent(
        position: Position(rawValue: number), stream: StreamID(1), version: Version(rawValue: Int32(number)),
        actor: nil, actorVersion: nil, command: CommandID(1), recordedAt: Timestamp(microseconds: 0),
        event: .decision(lap: 1))
    }
  }

  @Test func `a subscriber looks into the database first, and then waits`() {
    var machine = TailMachine(bound: 100)
    guard case .read(nil) = machine.turn(after: .zero), case .wait = machine.turn(after: .zero) else {
      Issue.record("read, then wait")
      return
    }
  }

  @Test func `what was read from the database is not handed on again`() {
    var machine = TailMachine(bound: 100)
    _ = machine.turn(after: .zero)
    machine.put(events(1...4), last: Position(rawValue: 4))
    machine.put(events(5...6), last: Position(rawValue: 6))
    guard case .take(let taken) = machine.turn(after: Position(rawValue: 2)) else {
      Issue.record("take what follows")
      return
    }
    #expect(taken.map(\.position.rawValue) == [3, 4, 5, 6])
  }

  @Test func `a gap is read from the database`() {
    var machine = TailMachine(bound: 100)
    _ = machine.turn(after: .zero)
    machine.put(events(4...5), last: Position(rawValue: 5))
    guard case .read(3) = machine.turn(after: .zero) else {
      Issue.record("three events are missing")
      return
    }
  }

  @Test(arguments: [UInt64](1...30))
  func `whatever comes and is dropped, every event is seen once and in order`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    print("seed \(seed)")
    var machine = TailMachine(bound: 20)
    var head: Int64 = 0
    var cursor = Position.zero
    var isIdle = false
    while head < 500 || !isIdle {
      isIdle = false
      if head < 500, Bool.random(using: &random) {
        let count = Int64.random(in: 1...9, using: &random)
        let range = (head + 1)...(head + count)
        head += count
        // Some batches are another process's, of which nothing is said; some are only mentioned.
        switch Int.random(in: 0..<4, using: &random) {
        case 0: machine.look()
        case 1: machine.put([], last: Position(rawValue: head))
        default: machine.put(events(range), last: Position(rawValue: head))
        }
        continue
      }
      switch machine.turn(after: cursor) {
      case .take(let taken):
        #expect(taken.first?.position == cursor.next)
        #expect(zip(taken, taken.dropFirst()).allSatisfy { $0.position.next == $1.position })
        cursor = taken[taken.count - 1].position
      case .read(let limit):
        let count = min(Int64(limit ?? 7), 7, head - cursor.rawValue)
        if count == 7 { machine.look() }
        cursor = Position(rawValue: cursor.rawValue + count)
      case .wait:
        isIdle = true
      }
    }
    #expect(cursor.rawValue == head)
    #expect(machine.readyCount == 0)
  }
}
