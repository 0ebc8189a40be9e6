import Commands
import Events
import Racing
import Testing

/// A drive ends at what the player chose beforehand; where that is, is found again by driving every lap by itself.
struct StopSignalTests {
  private static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]
  private static let last = 17

  @Test(arguments: seeds) func `a car directly ahead or behind that comes in`(seed: UInt64) async throws {
    try await compare(Pits(seed: seed), .rivalStop) { view, _ in
      let near = [view.ahead?.driver, view.behind?.driver].compactMap { $0 }
      return view.tower.contains { near.contains($0.driver) && $0.isInLane }
    }
  }

  @Test(arguments: seeds) func `another place at the line`(seed: UInt64) async throws {
    try await compare(Pits(seed: seed), .place) { view, before in before.map { $0.place != view.place } ?? false }
  }

  @Test(arguments: seeds) func `tyres for other weather`(seed: UInt64) async throws {
    let pits = Pits(seed: seed, .init(rivalTyre: .intermediate))
    let found = try await compare(pits, .rainTyres) { view, before in
      let dry = before?.tower.filter { $0.compound?.tyreClass == .slick }.map(\.driver) ?? []
      return view.tower.contains { dry.contains($0.driver) && $0.compound == .intermediate }
    }
    #expect(found > 0, "everybody else fits intermediates")
  }

  @Test func `nothing that was not chosen ends a drive`() async throws {
    let pits = Pits(.init(safetyCar: nil, rivalTyre: .intermediate))
    let run = try await pits.start().simulation
    #expect(try await pits.advance(run, to: 9).interruption == nil)
  }

  @Test func `a repeated drive has the same answer`() async throws {
    let pits = Pits(.init(safetyCar: nil, rivalTyre: .intermediate))
    let run = try await pits.start().simulation
    let id = pits.newID()
    let advance = Command.advance(Advance(simulation: run, toLap: 13, stopOn: [.rainTyres]))
    let first = try await pits.send(advance, id: id)
    let again = try await pits.send(advance, id: id)
    guard case .rainTyres = first.interruption?.reason else {
      Issue.record("everybody else fits intermediates by lap 13: \(String(describing: first.interruption))")
      return
    }
    #expect(again.interruption == first.interruption && again.isRepeat)
    #expect(again.view == first.view)
    await #expect(throws: CommandError.self) {
      try await pits.send(.advance(Advance(simulation: run, toLap: 13)), id: id)
    }
  }

  /// Drives one run with the signal and one lap by lap, both to the end or to where no further lap may be driven.
  /// - Returns: how often the signal ended a drive.
  @discardableResult
  private func compare(
    _ pits: Pits, _ signal: StopSignal, expect isGiven: (SimulationView, _ before: SimulationView?) -> Bool
  ) async throws -> Int {
    let run = try await pits.start(mode: .hindsight).simulation
    let witness = try await pits.start(mode: .hindsight).simulation
    var before: SimulationView? = nil
    var expected: [Int] = []
    var end = Self.last
    for lap in 2...Self.last {
      let outcome = try await pits.advance(witness, to: lap)
      if isGiven(outcome.view, before) { expected.append(lap) }
      before = outcome.view
      if outcome.view.next?.mayStayOut == false {
        end = lap
        break
      }
    }
    var found: [Int] = []
    var lap = 1
    while lap < end {
      let outcome = try await pits.send(.advance(Advance(simulation: run, toLap: end, stopOn: [signal])))
      lap = outcome.view.lap
      if let interruption = outcome.interruption {
        #expect(interruption.lap == lap + 1)
        found.append(lap)
      }
    }
    #expect(found == expected, "\(signal)")
    return found.count
  }
}
