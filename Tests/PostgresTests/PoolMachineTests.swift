import Testing

@testable import Postgres

/// Who gets which session, without a database.
@Suite
struct ThePoolMachineDecides {
  typealias Machine = PoolMachine<String, Int>

  private func machine(size: Int = 2, waiters: Int = 10, load: Int = 100) -> Machine {
    Machine(size: size, waiterBound: waiters, loadBound: load, idleCheckAfter: 1000)
  }

  /// Asks for a session; the slot, or nil for having to wait.
  private func ask(_ machine: inout Machine, _ use: Machine.Use = .shared, id: UInt64 = 1, now: UInt64 = 0) -> Int? {
    var tasks: [Machine.Task] = []
    let answer = machine.acquire(use, id: id, now: now, deadline: now + 100, tasks: &tasks) { Int(id) }
    if case .use(_, let slot) = answer { return slot }
    return nil
  }

  private func open(_ machine: inout Machine, _ slot: Int, generation: Int = 1) -> [Int] {
    var tasks: [Machine.Task] = []
    return machine.opened("s\(slot)", slot: slot, generation: generation, now: 0, tasks: &tasks).served.map(\.0)
  }

  @Test func `the first caller has a session opened, and is served when it is there`() {
    var machine = machine()
    var tasks: [Machine.Task] = []
    guard case .wait = machine.acquire(.shared, id: 1, now: 0, deadline: 9, tasks: &tasks, waiter: { 1 }) else {
      Issue.record("not waiting")
      return
    }
    #expect(tasks == [.open(slot: 0, generation: 1)])
    #expect(open(&machine, 0) == [1])
    #expect(machine.slots[0].load == 1)
  }

  @Test func `shared work goes to the least loaded session`() {
    var machine = machine(size: 2)
    #expect(ask(&machine) == nil)
    #expect(open(&machine, 0) == [1])
    #expect(ask(&machine, id: 2) == 0)
    #expect(open(&machine, 1) == [])
    #expect(ask(&machine, id: 3) == 1)
    #expect(ask(&machine, id: 4) == 1)
    #expect(ask(&machine, id: 5) == 0)
  }

  @Test func `a session taken for oneself serves nobody else until it is back`() {
    var machine = machine(size: 1)
    _ = ask(&machine, .exclusive)
    #expect(open(&machine, 0) == [1])
    #expect(ask(&machine, id: 2) == nil)
    #expect(ask(&machine, .exclusive, id: 3) == nil)
    var tasks: [Machine.Task] = []
    #expect(machine.release(.exclusive, slot: 0, generation: 1, now: 1, tasks: &tasks).map(\.0) == [2, 3])
  }

  @Test func `those who wait are served in order, and at most so many wait`() {
    var machine = machine(size: 1, waiters: 2, load: 1)
    _ = ask(&machine)
    #expect(open(&machine, 0) == [1])
    #expect(ask(&machine, id: 2) == nil)
    #expect(ask(&machine, id: 3) == nil)
    var tasks: [Machine.Task] = []
    guard case .full = machine.acquire(.shared, id: 4, now: 0, deadline: 9, tasks: &tasks, waiter: { 4 }) else {
      Issue.record("not refused")
      return
    }
    #expect(machine.release(.shared, slot: 0, generation: 1, now: 1, tasks: &tasks).map(\.0) == [2])
    #expect(machine.giveUp(3) == 3)
    #expect(machine.giveUp(3) == nil)
  }

  @Test func `time running out takes out the first in line`() {
    var machine = machine(size: 1)
    _ = ask(&machine, id: 1, now: 0)
    _ = ask(&machine, id: 2, now: 50)
    #expect(machine.nextDeadline == 100)
    #expect(machine.expire(now: 100) == [1])
    #expect(machine.expire(now: 149) == [])
    #expect(machine.expire(now: 150) == [2])
  }

  @Test func `failures make the slot rest, longer each time, and a permanent one ends the waiting`() {
    var machine = machine(size: 1)
    _ = ask(&machine)
    let error = PostgresError(.connectionFailed, "refused")
    let first = machine.openingFailed(error, isPermanent: false, slot: 0, generation: 1)
    #expect(first.hopeless == [])
    var tasks: [Machine.Task] = []
    machine.rested(slot: 0, generation: 1, tasks: &tasks)
    #expect(tasks == [.open(slot: 0, generation: 2)])
    let second = machine.openingFailed(error, isPermanent: true, slot: 0, generation: 2)
    #expect(second.rest! > first.rest!)
    #expect(second.hopeless == [1])
    #expect(machine.lastFailure == error)
  }

  @Test func `a broken session is replaced when somebody waits; old news of it count for nothing`() {
    var machine = machine(size: 1)
    _ = ask(&machine, .exclusive)
    _ = open(&machine, 0)
    #expect(ask(&machine, id: 2) == nil)
    var tasks: [Machine.Task] = []
    machine.broken(slot: 0, generation: 1, tasks: &tasks)
    #expect(tasks == [.open(slot: 0, generation: 3)])
    #expect(machine.release(.exclusive, slot: 0, generation: 1, now: 0, tasks: &tasks).isEmpty)
    #expect(open(&machine, 0, generation: 3) == [2])
  }

  @Test func `an idle session is checked first`() {
    var machine = machine(size: 1)
    _ = ask(&machine)
    _ = open(&machine, 0)
    var tasks: [Machine.Task] = []
    _ = machine.release(.shared, slot: 0, generation: 1, now: 10, tasks: &tasks)
    guard case .wait = machine.acquire(.shared, id: 2, now: 5000, deadline: 9000, tasks: &tasks, waiter: { 2 }) else {
      Issue.record("not checked")
      return
    }
    #expect(tasks == [.check(slot: 0, generation: 1)])
    #expect(machine.checked(slot: 0, generation: 1, now: 5001, tasks: &tasks).map(\.0) == [2])
  }
}
