import Testing

@testable import Postgres

/// The order of sending, cancelling and answering, without a database.
@Suite
struct TheSessionMachineDecides {
  typealias Machine = SessionMachine<String>

  private func entry(
    _ id: UInt64, _ kind: Machine.Kind = .repeatable, lease: UInt64? = nil, deadline: UInt64? = nil
  ) -> Machine.Entry {
    Machine.Entry(id: id, kind: kind, lease: lease, deadline: deadline, work: "\(id)")
  }

  private func machine(depth: Int = 10, _ entries: Machine.Entry...) -> Machine {
    var machine = Machine(depth: depth)
    for entry in entries { _ = machine.enqueue(entry) }
    return machine
  }

  /// Everything that may be sent now, by id, `f` for the fence.
  private func sent(_ machine: inout Machine) -> [String] {
    var all: [String] = []
    while let step = machine.next() {
      switch step {
      case .pipeline(let entry): all.append("p\(entry.id)")
      case .simple(let entry): all.append("s\(entry.id)")
      case .grant(let entry): all.append("g\(entry.id)")
      case .fence: all.append("f")
      }
    }
    return all
  }

  private func finish(_ machine: inout Machine, wasCanceled: Bool = false, wantsAgain: Bool = false) -> UInt64? {
    switch machine.headFinished(wasCanceled: wasCanceled, wantsAgain: wantsAgain) {
    case .deliver(let entry): entry.id
    case .again: nil
    }
  }

  @Test func `statements are sent ahead, up to the depth, in order`() {
    var machine = machine(depth: 2, entry(1), entry(2), entry(3))
    #expect(sent(&machine) == ["p1", "p2"])
    #expect(finish(&machine) == 1)
    #expect(sent(&machine) == ["p3"])
  }

  @Test func `scripts, ordered work and leases wait for an idle connection`() {
    for kind in [Machine.Kind.simple, .ordered, .lease] {
      var machine = machine(entry(1), entry(2, kind), entry(3))
      #expect(sent(&machine) == ["p1"])
      #expect(finish(&machine) == 1)
      let first = sent(&machine).first
      #expect(first == (kind == .simple ? "s2" : kind == .lease ? "g2" : "p2"))
    }
  }

  @Test func `nothing shares the connection with a script`() {
    var machine = machine(entry(1, .simple), entry(2))
    #expect(sent(&machine) == ["s1"])
    #expect(finish(&machine) == 1)
    #expect(sent(&machine) == ["p2"])
  }

  @Test func `under a lease only its own work is sent, one at a time; after it the others`() {
    var machine = machine(entry(1, .lease), entry(2))
    #expect(sent(&machine) == ["g1"])
    #expect(machine.enqueue(entry(3, lease: 1)) == true)
    #expect(machine.enqueue(entry(4, lease: 1)) == true)
    #expect(sent(&machine) == ["p3"])
    #expect(finish(&machine) == 3)
    #expect(machine.release(1).map(\.id) == [4])
    #expect(sent(&machine) == ["p2"])
    #expect(machine.enqueue(entry(5, lease: 1)) == false)
  }

  @Test func `waiting work is stopped at once, sent work only at the head`() {
    var machine = machine(depth: 2, entry(1), entry(2), entry(3))
    _ = sent(&machine)
    #expect(machine.stop(3, .cancelled)?.id == 3)
    #expect(machine.stop(2, .cancelled) == nil)
    #expect(machine.react(now: 0) == .none)
    #expect(finish(&machine) == 1)
    #expect(machine.react(now: 0) == .fireCancel)
    #expect(machine.react(now: 1) == .none)
  }

  @Test func `a stray cancel makes its victim run again, and the fence holds back what could not`() {
    var machine = machine(entry(1), entry(2), entry(3, .ordered))
    #expect(sent(&machine) == ["p1", "p2"])
    _ = machine.stop(1, .cancelled)
    #expect(machine.react(now: 0) == .fireCancel)
    #expect(finish(&machine) == 1)
    #expect(finish(&machine, wasCanceled: true) == nil)
    #expect(sent(&machine) == ["p2"])
    #expect(finish(&machine) == 2)
    #expect(sent(&machine) == [])
    machine.cancelReturned(now: 0)
    #expect(sent(&machine) == ["f"])
    machine.fenceReached()
    #expect(sent(&machine) == ["p3"])
  }

  @Test func `a cancel by somebody else is an error, not a reason to repeat`() {
    var machine = machine(entry(1))
    _ = sent(&machine)
    #expect(finish(&machine, wasCanceled: true) == 1)
  }

  @Test func `a cancel that found nothing running is fired again, later and later, and finally given up`() {
    var machine = machine(entry(1))
    _ = sent(&machine)
    _ = machine.stop(1, .timeout)
    var now: UInt64 = 1000
    var firings: [UInt64] = []
    while true {
      let reaction = machine.react(now: now)
      if reaction == .giveUp { break }
      if reaction == .fireCancel {
        firings.append(now)
        machine.cancelReturned(now: now)
      }
      guard let alarm = machine.nextAlarm, alarm > now || reaction == .fireCancel else {
        Issue.record("no alarm at \(now)")
        break
      }
      now = max(alarm, now + 1)
      if now > Machine.giveUpAfter * 2 { break }
    }
    let gaps = zip(firings.dropFirst(), firings).map { $0 - $1 }
    #expect(firings.count > 10)
    #expect(gaps == gaps.sorted())
    #expect(now <= Machine.giveUpAfter + 2_000_000_000)
  }

  @Test func `a fence taken over by a later cancel stands until that one's round trip`() {
    var machine = machine(entry(1), entry(2), entry(3, .lease))
    _ = sent(&machine)
    _ = machine.stop(1, .cancelled)
    _ = machine.stop(2, .cancelled)
    #expect(machine.react(now: 0) == .fireCancel)
    machine.cancelReturned(now: 1)
    #expect(sent(&machine) == ["f"])
    #expect(finish(&machine, wasCanceled: true) == 1)
    #expect(machine.react(now: 2) == .fireCancel)
    #expect(finish(&machine, wasCanceled: true) == 2)
    machine.fenceReached()
    #expect(sent(&machine) == [])
    machine.cancelReturned(now: 3)
    #expect(sent(&machine) == ["f"])
    machine.fenceReached()
    #expect(sent(&machine) == ["g3"])
  }

  @Test func `time running out drops what waits and stops what runs`() {
    var machine = machine(depth: 1, entry(1, deadline: 10), entry(2, deadline: 20), entry(3, deadline: 30))
    _ = sent(&machine)
    #expect(machine.nextAlarm == 10)
    #expect(machine.expire(now: 9).isEmpty)
    #expect(machine.expire(now: 20).map(\.id) == [2])
    #expect(machine.head?.stop == .timeout)
    #expect(machine.nextAlarm == 30)
  }

  @Test func `losing the connection tells apart what was sent`() {
    var machine = machine(depth: 1, entry(1), entry(2))
    _ = sent(&machine)
    let (sentEntries, unsent) = machine.abandon()
    #expect(sentEntries.map(\.id) == [1])
    #expect(unsent.map(\.id) == [2])
    #expect(machine.isIdle)
  }

  @Test func `whatever happens, every work is delivered exactly once and none but its own stop is told`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(seed: seed)
    for _ in 0..<300 { runAtRandom(&random, seed) }
  }

  /// A server in miniature: it works off what was sent, and a fired cancel hits whatever is at the head some steps
  /// later, or nobody.
  private func runAtRandom(_ random: inout SplitMix, _ seed: UInt64) {
    var machine = Machine(depth: 5)
    var server: [String] = []
    var delivered: [UInt64: Bool] = [:]
    var stopped: Set<UInt64> = []
    var isSignalPending = false
    var isCancelUnderWay = false
    var (now, lastID): (UInt64, UInt64) = (0, 0)
    for step in 0..<400 {
      now += 5_000_000
      if step < 250, Int.random(in: 0..<3, using: &random) == 0 {
        lastID += 1
        _ = machine.enqueue(
          entry(lastID, [.repeatable, .repeatable, .ordered, .simple].randomElement(using: &random)!))
      }
      if Int.random(in: 0..<6, using: &random) == 0, lastID > 0 {
        let id = UInt64.random(in: 1...lastID, using: &random)
        if delivered[id] == nil {
          stopped.insert(id)
          if machine.stop(id, .cancelled) != nil { delivered[id] = true }
        }
      }
      server += sent(&machine)
      if machine.react(now: now) == .fireCancel { isCancelUnderWay = true }
      if isCancelUnderWay, Bool.random(using: &random) {
        isSignalPending = true
        isCancelUnderWay = false
        machine.cancelReturned(now: now)
      }
      guard Bool.random(using: &random), let first = server.first else { continue }
      server.removeFirst()
      guard first != "f" else {
        isSignalPending = false
        machine.fenceReached()
        continue
      }
      let isHit = isSignalPending && Bool.random(using: &random)
      if isHit { isSignalPending = false }
      guard let id = finish(&machine, wasCanceled: isHit) else { continue }
      #expect(delivered[id] == nil, "seed \(seed)")
      delivered[id] = true
      #expect(!isHit || stopped.contains(id), "\(id) was cancelled for another, seed \(seed)")
    }
    #expect(machine.head == nil || machine.isAwaitingResults)
  }
}
