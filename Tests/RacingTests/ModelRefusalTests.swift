import Testing

@testable import Racing

@Suite struct `A race that cannot be modelled` {
  private func refusal(_ change: (inout RaceRecord) -> Void) -> ModelError? {
    var record = SyntheticRace.generate(seed: 51)
    change(&record)
    do throws(ModelError) {
      _ = try RaceArtefact.build(from: record)
      return nil
    } catch {
      return error
    }
  }

  @Test func `is refused with its reason`() {
    #expect(refusal { _ in } == nil)
    #expect(
      refusal {
        $0.quality = .c
        $0.qualityNote = "laps lost"
      } == .refused(.poorQuality(note: "laps lost")))
    #expect(refusal { $0.lapCount = 58 } == .refused(.distanceDiffers(official: 58, driven: 57)))
    #expect(refusal { $0.entrants.removeLast(14) }.map(\.isFewLaps) == true)
    #expect(refusal { $0.entrants[1].code = $0.entrants[0].code } != nil)
    #expect(refusal { $0.entrants[1].laps.append($0.entrants[1].laps[0]) } != nil)
    #expect(refusal { $0.entrants = [] } != nil)
  }

  /// Every single value that a source may lack.
  static let holes: [(String, @Sendable (inout Entrant, Int) -> Void)] = [
    ("time", { $0.laps[$1].timeMilliseconds = nil }), ("end", { $0.laps[$1].elapsedMilliseconds = nil }),
    ("compound", { $0.laps[$1].compound = nil }), ("life", { $0.laps[$1].tyreLife = nil }),
    ("status", { $0.laps[$1].trackStatus = "" }), ("in", { $0.laps[$1].pitInElapsedMilliseconds = nil }),
    ("out", { $0.laps[$1].pitOutElapsedMilliseconds = nil }), ("sectors", { $0.laps[$1].sectorMilliseconds = [] }),
    ("stint", { $0.laps[$1].stint = nil }), ("row", { $0.laps.remove(at: $1) }),
    ("grid", { entrant, _ in entrant.grid = nil }), ("place", { entrant, _ in entrant.result.position = nil }),
    ("official time", { entrant, _ in entrant.result.timeMilliseconds = nil }),
    ("stops", { entrant, _ in entrant.pitStops = [] }),
    ("changed", { entrant, _ in for stop in entrant.pitStops.indices { entrant.pitStops[stop].tyresChanged = nil } }),
    ("lane", { entrant, _ in for stop in entrant.pitStops.indices { entrant.pitStops[stop].laneMilliseconds = nil } }),
  ]

  @Test(arguments: holes.indices)
  func `or lacks a value never crashes and never publishes nonsense`(hole: Int) throws {
    let (name, punch) = Self.holes[hole]
    let seed = UInt64(1_000 + hole)
    var random = SplitMix(seed: seed)
    for _ in 0..<3 {
      var record = SyntheticRace.generate(seed: 51)
      let entrant = random.integer(in: 0...record.entrants.count - 1)
      let lap = random.integer(in: 0...record.entrants[entrant].laps.count - 1)
      punch(&record.entrants[entrant], lap)
      do throws(ModelError) {
        let artefact = try RaceArtefact.build(from: record)
        let cells = artefact.paces.compactMap { $0 }.flatMap { $0.values }
        #expect(cells.allSatisfy { (0...200_000).contains($0) }, "\(name) of \(entrant), lap \(lap), seed \(seed)")
        #expect(artefact.laps.allSatisfy { $0.safetyCarMilliseconds >= 0 && $0.medianDurationMilliseconds >= 0 })
      } catch {
        guard case .refused = error else {
          Issue.record("\(name) of \(entrant), lap \(lap), seed \(seed): \(error)")
          continue
        }
      }
    }
  }
}

extension ModelError {
  fileprivate var isFewLaps: Bool {
    if case .refused(.tooFewCleanLaps) = self { true } else { false }
  }
}
