import Testing

@testable import Racing

/// A column of a source, and how a record looks without it.
private struct Column: Sendable, CustomTestStringConvertible {
  let name: String
  let drop: @Sendable (inout RaceRecord, _ isGone: (_ car: Int, _ row: Int) -> Bool) -> Void

  var testDescription: String { name }

  init(_ name: String, lap drop: @escaping @Sendable (inout Lap) -> Void) {
    self.name = name
    self.drop = { record, isGone in
      for car in record.entrants.indices {
        for row in record.entrants[car].laps.indices where isGone(car, row) { drop(&record.entrants[car].laps[row]) }
      }
    }
  }

  init(_ name: String, stop drop: @escaping @Sendable (inout PitStop) -> Void) {
    self.name = name
    self.drop = { record, isGone in
      for car in record.entrants.indices {
        for row in record.entrants[car].pitStops.indices where isGone(car, row) {
          drop(&record.entrants[car].pitStops[row])
        }
      }
    }
  }

  init(_ name: String, car drop: @escaping @Sendable (inout Entrant) -> Void) {
    self.name = name
    self.drop = { record, isGone in
      for car in record.entrants.indices where isGone(car, 0) { drop(&record.entrants[car]) }
    }
  }

  static let all = [
    Column("lap time", lap: { $0.timeMilliseconds = nil }),
    Column("time at the line", lap: { $0.elapsedMilliseconds = nil }),
    Column("sectors", lap: { $0.sectorMilliseconds = [] }),
    Column("compound", lap: { $0.compound = nil }),
    Column("tyre life", lap: { $0.tyreLife = nil }),
    Column("stint", lap: { $0.stint = nil }),
    Column("pit in", lap: { $0.pitInElapsedMilliseconds = nil }),
    Column("pit out", lap: { $0.pitOutElapsedMilliseconds = nil }),
    Column("track status", lap: { $0.trackStatus = "" }),
    Column("position on the lap", lap: { $0.position = nil }),
    Column("lane time", stop: { $0.laneMilliseconds = nil }),
    Column("tyres changed", stop: { $0.tyresChanged = nil }),
    Column("number", car: { $0.number = nil }),
    Column("grid", car: { $0.grid = nil }),
    Column("place", car: { $0.result.position = nil }),
    Column("official time", car: { $0.result.timeMilliseconds = nil }),
    Column("stops", car: { $0.pitStops = [] }),
    Column("laps", car: { $0.laps = [] }),
  ]
}

@Suite struct `A race with data missing` {
  private static let dry = SyntheticRace.generate(seed: 31, laps: 40)
  private static let rain = SyntheticRace.generate(seed: 32, laps: 40, rainFrom: 21)

  /// One cell, one row of a car, a whole car, and the whole column.
  private static let extents: [(name: String, isGone: @Sendable (Int, Int) -> Bool)] = [
    ("in one row", { $0 == 3 && $1 == 0 }), ("in a later row", { $0 == 5 && $1 == 17 }),
    ("for one car", { car, _ in car == 4 }), ("everywhere", { _, _ in true }),
  ]

  @Test(arguments: Column.all)
  fileprivate func `gives figures or a stated refusal`(column: Column) throws {
    for record in [Self.dry, Self.rain] {
      for extent in Self.extents {
        var less = record
        column.drop(&less, extent.isGone)
        try check(less, "\(column.name) \(extent.name)")
      }
    }
  }

  @Test func `gives the same figures without what the model does not read`() throws {
    let whole = try RaceModel(Self.dry).artefact()
    for name in ["sectors", "number", "stint", "position on the lap"] {
      let column = try #require(Column.all.first { $0.name == name })
      var less = Self.dry
      column.drop(&less) { _, _ in true }
      let artefact = try RaceModel(less).artefact()
      #expect(artefact.paces == whole.paces, "\(name)")
      #expect(artefact.cars == whole.cars, "\(name)")
    }
  }

  /// A number that is not finite would stop the program where it becomes an integer.
  private func check(_ record: RaceRecord, _ what: String) throws {
    let model: RaceModel
    do { model = try RaceModel(record) } catch {
      #expect(!"\(error)".isEmpty)
      return
    }
    let artefact = model.artefact()
    #expect(try RaceArtefact(encoded: artefact.encoded()) == artefact, "\(what)")
    #expect(artefact.paces.contains { $0 != nil }, "\(what)")
    let autopsies = Autopsies(model)
    for (index, code) in autopsies.drivers.enumerated().prefix(6) {
      var search = OptimumSearch()
      do {
        let made = try autopsies.ground.figures(driver: index, search: &search)
        #expect(made.figures.identityError == 0, "\(what), \(code)")
      } catch { #expect(!"\(error)".isEmpty, "\(what), \(code)") }
      guard let world = try? SimulationWorld(artefact: artefact, driver: code) else { continue }
      #expect(world.replayReal() > 0, "\(what), \(code)")
    }
  }
}
