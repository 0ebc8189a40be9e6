import Events
import TestSupport
import Testing

@testable import EventStore

struct AppendQueueMachineTests {
  typealias Machine = AppendQueueMachine<Int>

  private let start = ContinuousClock.now

  private func entry(_ number: Int, events: Int = 1, after delay: Duration = .zero) -> Machine.Entry {
    let append = Append(
      command: CommandID(UInt64(number)), actor: nil, expectations: [],
      events: Array(repeating: .init(stream: StreamID(1), event: .decision(lap: 1)), count: events))
    return Machine.Entry(command: EncodedAppend(append), waiter: number, since: start + delay)
  }

  private func machine(
    _ limits: AppendLimits = AppendLimits(batchEvents: 10, queuedEvents: 100)
  ) -> Machine {
    var machine = Machine(limits: limits)
    machine.connected(0)
    machine.connected(1)
    return machine
  }

  /// The numbers of the commands a lane is given; nil when it has to wait or to leave.
  private func numbers(_ turn: Machine.Turn) -> [Int]? {
    guard case .append(let batch) = turn else { return nil }
    return batch.map(\.waiter)
  }

  private func isStop(_ turn: Machine.Turn) -> Bool {
    if case .stop = turn { true } else { false }
  }

  @Test func `an idle lane takes a single command at once`() {
    var machine = machine()
    #expect(!machine.hasTurn)
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(machine.hasTurn)
    #expect(numbers(machine.turn(of: 0)) == [1])
  }

  @Test func `commands share a batch, in order and within its bound`() {
    var machine = machine()
    for number in 1...4 { #expect(machine.enqueue(entry(number, events: 4)) == nil) }
    #expect(numbers(machine.turn(of: 0)) == [1, 2])
    machine.done(0)
    #expect(numbers(machine.turn(of: 0)) == [3, 4])
  }

  @Test func `a command larger than a batch goes alone`() {
    var machine = machine()
    for (number, events) in [(1, 25), (2, 1)] { #expect(machine.enqueue(entry(number, events: events)) == nil) }
    #expect(numbers(machine.turn(of: 0)) == [1])
  }

  @Test func `a second batch waits until as many commands wait as are under way`() {
    var machine = machine()
    for number in 1...3 { #expect(machine.enqueue(entry(number)) == nil) }
    #expect(numbers(machine.turn(of: 0)) == [1, 2, 3])
    for number in 4...5 { #expect(machine.enqueue(entry(number)) == nil) }
    #expect(!machine.hasTurn)
    #expect(numbers(machine.turn(of: 1)) == nil)
    #expect(machine.enqueue(entry(6)) == nil)
    #expect(machine.hasTurn)
    #expect(numbers(machine.turn(of: 1)) == [4, 5, 6])
  }

  @Test func `a full batch never waits`() {
    var machine = machine()
    for number in 1...9 { #expect(machine.enqueue(entry(number)) == nil) }
    #expect(numbers(machine.turn(of: 0))?.count == 9)
    #expect(machine.enqueue(entry(10, events: 10)) == nil)
    #expect(numbers(machine.turn(of: 1)) == [10])
  }

  @Test func `a full queue refuses, and takes again what is answered`() {
    var machine = machine(AppendLimits(batchEvents: 10, queuedEvents: 2, retryAfter: .seconds(3)))
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(machine.enqueue(entry(2)) == nil)
    #expect(machine.enqueue(entry(3)) == .overloaded(retryAfter: .seconds(3)))
    _ = machine.turn(of: 0)
    #expect(machine.enqueue(entry(3)) == .overloaded(retryAfter: .seconds(3)))
    machine.done(0)
    #expect(machine.enqueue(entry(3)) == nil)
  }

  @Test func `a command larger than the whole queue passes when it is empty`() {
    var machine = machine(AppendLimits(batchEvents: 10, queuedEvents: 2))
    #expect(machine.enqueue(entry(1, events: 50)) == nil)
    #expect(machine.enqueue(entry(2)) != nil)
  }

  @Test func `what a broken lane had is sent again before what came later`() {
    var machine = machine()
    for number in 1...3 { #expect(machine.enqueue(entry(number)) == nil) }
    #expect(numbers(machine.turn(of: 0)) == [1, 2, 3])
    #expect(machine.enqueue(entry(4)) == nil)
    #expect(machine.disconnected(0, "gone", now: start + .seconds(60)).isEmpty, "the other lane still works")
    #expect(numbers(machine.turn(of: 1)) == [1, 2, 3, 4])
    #expect(machine.underWay[1].map(\.attempts) == [2, 2, 2, 1])
    #expect(machine.eventCount == 4)
  }

  @Test func `a batch with an unacceptable command is sent again one by one`() {
    var machine = machine()
    for number in 1...3 { #expect(machine.enqueue(entry(number)) == nil) }
    _ = machine.turn(of: 0)
    #expect(machine.refused(0, .content(reason: "bad")).isEmpty)
    #expect(machine.enqueue(entry(4)) == nil)
    #expect(numbers(machine.turn(of: 0)) == [1])
    machine.done(0)
    #expect(numbers(machine.turn(of: 0)) == [2])
    let told = machine.refused(0, .content(reason: "bad"))
    #expect(told.map(\.0.waiter) == [2])
    #expect(told.map(\.1) == [.unavailable(reason: "bad")])
    #expect(numbers(machine.turn(of: 0)) == [3])
    machine.done(0)
    #expect(numbers(machine.turn(of: 0)) == [4])
  }

  @Test func `a full disk refuses the batch with the reason`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    _ = machine.turn(of: 0)
    #expect(machine.refused(0, .refused(reason: "disk full")).map(\.1) == [.unavailable(reason: "disk full")])
    #expect(machine.isEmpty && machine.eventCount == 0)
  }

  @Test func `a batch that the server wants again is sent again, but not for ever`() {
    var machine = machine(AppendLimits(attempts: 3))
    #expect(machine.enqueue(entry(1)) == nil)
    for _ in 0..<2 {
      _ = machine.turn(of: 0)
      #expect(machine.refused(0, .again(reason: "deadlock")).isEmpty)
    }
    _ = machine.turn(of: 0)
    #expect(machine.refused(0, .again(reason: "deadlock")).count == 1)
  }

  @Test func `while the database is away commands wait, and are told after their patience`() {
    var machine = Machine(limits: AppendLimits(patience: .seconds(5)))
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(machine.disconnected(0, "away", now: start + .seconds(1)).isEmpty)
    #expect(machine.enqueue(entry(2, after: .seconds(4))) == nil)
    #expect(machine.disconnected(1, "away", now: start + .seconds(5.5)).map(\.0.waiter) == [1])
    #expect(machine.enqueue(entry(3, after: .seconds(7))) == .unavailable(reason: "away"))
    machine.connected(0)
    #expect(machine.enqueue(entry(3, after: .seconds(8))) == nil)
    #expect(numbers(machine.turn(of: 0)) == [2, 3])
  }

  @Test func `closing refuses what is new and finishes what is here`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    machine.close()
    #expect(machine.enqueue(entry(2)) == .closed)
    #expect(numbers(machine.turn(of: 0)) == [1])
    #expect(isStop(machine.turn(of: 1)))
    machine.done(0)
    #expect(isStop(machine.turn(of: 0)))
    #expect(machine.isEmpty)
  }

  @Test func `closing while the database is away tells everybody`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    machine.close()
    #expect(machine.disconnected(0, "away", now: start).isEmpty)
    #expect(machine.disconnected(1, "away", now: start).map(\.1) == [.unavailable(reason: "away")])
    #expect(machine.isEmpty)
  }

  @Test(arguments: [UInt64](1...20))
  func `whatever happens, every command is answered once and nothing is left over`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    print("seed \(seed)")
    var machine = machine(AppendLimits(batchEvents: 7, queuedEvents: 40, patience: .seconds(1)))
    var answered: [Int: Int] = [:]
    var taken = 0
    var now = Duration.zero
    for step in 0..<3000 {
      now += .milliseconds(Int.random(in: 0...30, using: &random))
      let lane = Int.random(in: 0...1, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4 where step < 2500:
        taken += 1
        let entry = entry(taken, events: .random(in: 1...5, using: &random), after: now)
        if machine.enqueue(entry) != nil { answered[taken, default: 0] += 1 }
      case 4:
        for (entry, _) in machine.disconnected(lane, "gone", now: start + now) {
          answered[entry.waiter, default: 0] += 1
        }
      case 5 where !machine.underWay[lane].isEmpty:
        let failures: [BatchFailure] = [.again(reason: ""), .content(reason: ""), .refused(reason: "")]
        for (entry, _) in machine.refused(lane, failures.randomElement(using: &random)!) {
          answered[entry.waiter, default: 0] += 1
        }
      default:
        if machine.underWay[lane].isEmpty {
          machine.connected(lane)
          _ = machine.turn(of: lane)
        } else {
          for entry in machine.underWay[lane] { answered[entry.waiter, default: 0] += 1 }
          machine.done(lane)
        }
      }
    }
    machine.close()
    while !machine.isEmpty {
      for lane in 0...1 {
        if machine.underWay[lane].isEmpty { _ = machine.turn(of: lane) }
        for entry in machine.underWay[lane] { answered[entry.waiter, default: 0] += 1 }
        if !machine.underWay[lane].isEmpty { machine.done(lane) }
      }
    }
    #expect(answered.count == taken)
    #expect(answered.values.allSatisfy { $0 == 1 })
    #expect(machine.eventCount == 0)
  }
}
