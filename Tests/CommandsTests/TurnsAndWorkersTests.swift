import Events
import Synchronization
import Testing

@testable import Commands

/// Turns are exclusive and in order, what is kept is bounded, and work is bounded too.
struct TurnsAndWorkersTests {
  /// How many are inside at a time.
  private final class Crowd: Sendable {
    private let state = Mutex((now: 0, most: 0))
    var most: Int { state.withLock { $0.most } }
    func enter() {
      state.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
    }
    func leave() { state.withLock { $0.now -= 1 } }
  }

  private final class Gate: Sendable {
    private let state = Mutex(false)
    var isOpen: Bool { state.withLock { $0 } }
    func open() { state.withLock { $0 = true } }
  }

  private func id(_ number: Int) -> StreamID { StreamID(high: 7, low: UInt64(number)) }

  @Test func `turns at one simulation never overlap`() async throws {
    let turns = SimulationTurns<Int>(capacity: 10, waitersMax: 1_000)
    let inside = Crowd()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          try? await turns.turn(at: id(1)) { kept throws(CommandError) in
            inside.enter()
            await Task.yield()
            kept = (kept ?? 0) + 1
            inside.leave()
          }
        }
      }
    }
    let total = try await turns.turn(at: id(1)) { kept throws(CommandError) in kept }
    #expect(total == 200)
    #expect(inside.most == 1)
  }

  @Test func `turns at different simulations do not wait for each other`() async throws {
    let turns = SimulationTurns<Int>(capacity: 10, waitersMax: 0)
    try await turns.turn(at: id(1)) { _ throws(CommandError) in
      try await turns.turn(at: id(2)) { kept throws(CommandError) in kept = 2 }
    }
    #expect(try await turns.turn(at: id(2)) { kept throws(CommandError) in kept } == 2)
  }

  @Test func `who comes when too many wait is refused, and the turn is passed on after a failure`() async throws {
    let turns = SimulationTurns<Int>(capacity: 10, waitersMax: 0)
    try await turns.turn(at: id(1)) { _ throws(CommandError) -> Void in
      _ = await #expect(throws: CommandError.overloaded(retryAfter: .milliseconds(100))) {
        try await turns.turn(at: id(1)) { _ throws(CommandError) in }
      }
    }
    await #expect(throws: CommandError.unavailable(reason: "x")) {
      try await turns.turn(at: id(1)) { _ throws(CommandError) -> Void in throw .unavailable(reason: "x") }
    }
    try await turns.turn(at: id(1)) { kept throws(CommandError) in #expect(kept == nil) }
  }

  @Test func `no more is kept than there is room for, and what is used stays`() async throws {
    let turns = SimulationTurns<Int>(capacity: 8, waitersMax: 0)
    for number in 1...100 {
      try await turns.turn(at: id(number)) { kept throws(CommandError) in kept = number }
      let favourite = try await turns.turn(at: id(1)) { kept throws(CommandError) in kept }
      #expect(favourite == 1)
      #expect(turns.keptCount <= 8)
    }
  }

  @Test func `no more jobs run at a time than there are threads`() async throws {
    let workers = Workers(threads: 3, waitingMax: 1_000)
    let inside = Crowd()
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...100 {
        group.addTask {
          try await workers.run { () throws(CommandError) in
            inside.enter()
            var waste = number
            for step in 0..<20_000 { waste = waste &* 31 &+ step }
            inside.leave()
            return waste == 0 ? 0 : number
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 5_050)
    #expect((1...3).contains(inside.most))
  }

  @Test func `work that throws throws, and work beyond the bound is refused`() async throws {
    let workers = Workers(threads: 1, waitingMax: 0)
    await #expect(throws: CommandError.unavailable(reason: "x")) {
      try await workers.run { () throws(CommandError) -> Int in throw .unavailable(reason: "x") }
    }
    let (gate, isHeld) = (Gate(), Gate())
    // The thread is given back a moment after a job's result is known, so the first tries may be refused.
    let held = Task {
      while !isHeld.isOpen {
        _ = try? await workers.run { () throws(CommandError) in
          isHeld.open()
          while !gate.isOpen {}
        }
        await Task.yield()
      }
    }
    while !isHeld.isOpen { await Task.yield() }
    await #expect(throws: CommandError.overloaded(retryAfter: .seconds(1))) {
      try await workers.run { () throws(CommandError) in }
    }
    gate.open()
    await held.value
  }
}
