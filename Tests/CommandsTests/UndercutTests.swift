import Commands
import Events
import Racing
import TestSupport
import Testing

/// What an undercut won is measured at the line, both stops inside.
struct UndercutTests {
  /// The first stop with an attacked rival, computed from what the player saw lap by lap.
  private func expected(_ seen: [Int: Int64], stops: [Int], _ artefact: RaceArtefact, driver: DriverCode) -> Int64? {
    for stop in stops {
      guard artefact.cars[0].kinds[stop] == .green, let mine = seen[stop - 1] else { continue }
      var best: (gap: Int64, gain: Int64)?
      for rival in artefact.cars where rival.code != driver {
        let gap = mine - rival.elapsed[stop - 1]
        guard gap > 0, gap < 5_000 else { continue }
        for lap in stop + 1...stop + 5 where lap < artefact.lapCount && rival.inLaps[lap] {
          guard rival.kinds[lap] == .green, let after = seen[lap + 1] else { continue }
          if best == nil || gap < best!.gap { best = (gap, gap - (after - rival.elapsed[lap + 1])) }
        }
      }
      if let best { return best.gain }
    }
    return nil
  }

  @Test func `the gain is the gap before less the gap after the rival's stop`() async throws {
    var tries = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let shape = RandomRace.Shape(laps: 16, cars: 6, safetyCar: 3...4, caps: [20, 20, 20])
      let artefact = RandomRace.artefact(seed: seed, shape)
      let pits = Pits(seed: seed, shape)
      var view = try await pits.start(on: .medium).view
      let stops = [Int.random(in: 5...8, using: &random), Int.random(in: 9...12, using: &random)]
      var seen = [view.lap: view.elapsed]
      while view.lap < view.lapCount {
        if stops.contains(view.lap + 1) {
          try await pits.decide(view.simulation, view.lap + 1, .pit(view.stops.isEmpty ? .hard : .soft))
        }
        view = try await pits.advance(view.simulation).view
        seen[view.lap] = view.elapsed
      }
      let finished = try await pits.send(.finish(simulation: view.simulation)).view.result?.finished
      let gain = expected(seen, stops: stops, artefact, driver: pits.driver)
      #expect(finished?.undercutGain == gain, "seed \(seed)")
      if gain != nil { tries += 1 }
    }
    #expect(tries > 3, "no race had an undercut in it")
  }
}
