import Events
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

  private func machine(_ limits: AppendLimits = AppendLimits(batchEvents: 10, queuedEvents: 100)) -> Machine {
    var machine = Machine(limits: limits)
    machine.linked()
    return machine
  }

  private static let reply = AppendReply(
    recordedAt: Timestamp(microseconds: 0), last: 0, bases: [], actorBases: [], outcomes: nil)

  private func numbers(_ turn: Machine.Turn<Machine.Batch>) -> [Int]? {
    guard case .work(let batch) = turn else { return nil }
    return batch.entries.map(\.waiter)
  }

  private func flushed(_ turn: Machine.Turn<[Machine.AppendedBatch]>) -> [Int]? {
    guard case .work(let batches) = turn else { return nil }
    return batches.flatMap { $0.batch.entries.map(\.waiter) }
  }

  @Test func `an idle appender takes a single command at once`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(machine.hasBatch)
    #expect(numbers(machine.nextBatch()) == [1])
  }

  @Test func `commands that come meanwhile share the next batch, in order and within its bound`() {
    var machine = machine()
    for number in 1...4 { #expect(machine.enqueue(entry(number, events: 4)) == nil) }
    #expect(numbers(machine.nextBatch()) == [1, 2])
    machine.appended(Self.reply)
    #expect(numbers(machine.nextBatch()) == [3, 4])
  }

  @Test func `a command larger than a batch goes alone`() {
    var machine = machine()
    for (number, events) in [(1, 25), (2, 1)] { #expect(machine.enqueue(entry(number, events: events)) == nil) }
    #expect(numbers(machine.nextBatch()) == [1])
  }

  @Test func `the next batch is appended while the one before is flushed`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(numbers(machine.nextBatch()) == [1])
    machine.appended(Self.reply)
    #expect(flushed(machine.nextFlush()) == [1])
    #expect(machine.enqueue(entry(2)) == nil)
    #expect(numbers(machine.nextBatch()) == [2])
    machine.appended(Self.reply)
    machine.flushed()
    #expect(flushed(machine.nextFlush()) == [2])
    machine.flushed()
    #expect(machine.isEmpty)
    #expect(machine.eventCount == 0)
  }

  @Test func `one flush serves all batches that wait for it`() {
    var machine = machine()
    for number in 1...3 {
      #expect(machine.enqueue(entry(number)) == nil)
      #expect(numbers(machine.nextBatch()) == [number])
      machine.appended(Self.reply)
    }
    #expect(flushed(machine.nextFlush()) == [1, 2, 3])
  }

  @Test func `a full queue refuses, and takes again what is answered`() {
    var machine = machine(AppendLimits(batchEvents: 10, queuedEvents: 2, retryAfter: .seconds(3)))
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(machine.enqueue(entry(2)) == nil)
    #expect(machine.enqueue(entry(3)) == .overloaded(retryAfter: .seconds(3)))
    _ = machine.nextBatch()
    machine.appended(Self.reply)
    #expect(machine.enqueue(entry(3)) == .overloaded(retryAfter: .seconds(3)))
    _ = machine.nextFlush()
    machine.flushed()
    #expect(machine.enqueue(entry(3)) == nil)
  }

  @Test func `a command larger than the whole queue passes when it is empty`() {
    var machine = machine(AppendLimits(batchEvents: 10, queuedEvents: 2))
    #expect(machine.enqueue(entry(1, events: 50)) == nil)
    #expect(machine.enqueue(entry(2)) != nil)
  }

  @Test func `when the link breaks, everything unanswered is sent again in its old order`() {
    var machine = machine()
    for number in 1...4 {
      #expect(machine.enqueue(entry(number)) == nil)
      if number < 4 { _ = machine.nextBatch() }
      if number < 3 { machine.appended(Self.reply) }
      if number == 1 { _ = machine.nextFlush() }
    }
    machine.linkFailed("gone")
    #expect(machine.hasBatch && machine.hasFlush)
    guard case .stop = machine.nextBatch(), case .stop = machine.nextFlush() else {
      Issue.record("the loops must leave")
      return
    }
    machine.unlinked()
    machine.linked()
    #expect(numbers(machine.nextBatch()) == [1, 2, 3, 4])
    #expect(machine.appending?.entries.map(\.attempts) == [2, 2, 2, 1])
    #expect(machine.eventCount == 4)
  }

  @Test func `a reply that comes after the flusher has failed counts for nothing`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    _ = machine.nextBatch()
    machine.linkFailed("gone")
    machine.appended(Self.reply)
    guard case .stop = machine.nextFlush() else {
      Issue.record("nothing may be flushed over another link")
      return
    }
    machine.unlinked()
    machine.linked()
    #expect(numbers(machine.nextBatch()) == [1])
  }

  @Test func `a batch with an unacceptable command is sent again one by one`() {
    var machine = machine()
    for number in 1...3 { #expect(machine.enqueue(entry(number)) == nil) }
    _ = machine.nextBatch()
    #expect(machine.refused(.content(reason: "bad")).isEmpty)
    #expect(machine.enqueue(entry(4)) == nil)
    #expect(numbers(machine.nextBatch()) == [1])
    machine.appended(Self.reply)
    #expect(numbers(machine.nextBatch()) == [2])
    let told = machine.refused(.content(reason: "bad"))
    #expect(told.map(\.0.waiter) == [2])
    #expect(told.map(\.1) == [.unavailable(reason: "bad")])
    #expect(numbers(machine.nextBatch()) == [3])
    machine.appended(Self.reply)
    #expect(numbers(machine.nextBatch()) == [4])
  }

  @Test func `a full disk refuses the batch with the reason`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    _ = machine.nextBatch()
    #expect(machine.refused(.refused(reason: "disk full")).map(\.1) == [.unavailable(reason: "disk full")])
    #expect(machine.isEmpty && machine.eventCount == 0)
  }

  @Test func `a batch that the server wants again is sent again, but not for ever`() {
    var machine = machine(AppendLimits(attempts: 3))
    #expect(machine.enqueue(entry(1)) == nil)
    for _ in 0..<2 {
      _ = machine.nextBatch()
      #expect(machine.refused(.again(reason: "deadlock")).isEmpty)
    }
    _ = machine.nextBatch()
    #expect(machine.refused(.again(reason: "deadlock")).count == 1)
  }

  @Test func `while the database is away commands wait, and are told after their patience`() {
    var machine = Machine(limits: AppendLimits(patience: .seconds(5)))
    #expect(machine.enqueue(entry(1)) == nil)
    #expect(machine.connectingFailed("away", now: start + .seconds(1)).isEmpty)
    #expect(machine.enqueue(entry(2, after: .seconds(4))) == nil)
    #expect(machine.connectingFailed("away", now: start + .seconds(5.5)).map(\.0.waiter) == [1])
    #expect(machine.enqueue(entry(3, after: .seconds(7))) == .unavailable(reason: "away"))
    machine.linked()
    #expect(machine.enqueue(entry(3, after: .seconds(8))) == nil)
    #expect(numbers(machine.nextBatch()) == [2, 3])
  }

  @Test func `closing refuses what is new and finishes what is here`() {
    var machine = machine()
    #expect(machine.enqueue(entry(1)) == nil)
    machine.close()
    #expect(machine.enqueue(entry(2)) == .closed)
    #expect(numbers(machine.nextBatch()) == [1])
    machine.appended(Self.reply)
    guard case .stop = machine.nextBatch() else {
      Issue.record("nothing is left to append")
      return
    }
    #expect(flushed(machine.nextFlush()) == [1])
    machine.flushed()
    guard case .stop = machine.nextFlush() else {
      Issue.record("nothing is left to flush")
      return
    }
  }
}
