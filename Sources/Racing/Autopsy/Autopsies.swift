/// All autopsies of one race: one fit, shared by its drivers.
public struct Autopsies: Sendable {
  /// The fitted race.
  package let model: RaceModel
  let ground: AutopsyGround

  /// Fits a race.
  ///
  /// - Throws: `AutopsyRefusal.raceRefused` when the race has no model.
  public init(_ record: RaceRecord, constants: ModelConstants = .shipped) throws(AutopsyRefusal) {
    do throws(ModelError) {
      self.init(try RaceModel(record, constants: constants))
    } catch {
      throw .raceRefused(error)
    }
  }

  /// Autopsies from a model that was fitted before.
  package init(_ model: RaceModel) {
    self.model = model
    let cars = model.cars
    ground = AutopsyGround(
      model: model, cars: cars, start: StartFigures(cars, rules: model.constants.autopsy))
  }

  /// More than one row in fifty was driven on intermediates or wets.
  public var isWet: Bool { model.data.isWet }

  /// Everybody who took part, by code ascending.
  public var drivers: [DriverCode] { model.data.drivers.map(\.entrant.code) }

  /// The autopsy of a driver, without intervals, blame and verdict.
  ///
  /// - Throws: why there is none.
  /// - Complexity: a few milliseconds.
  public func autopsy(of code: DriverCode) throws(AutopsyRefusal) -> Autopsy {
    var search = OptimumSearch()
    let index = try index(of: code)
    let (runs, figures, calls) = try ground.figures(driver: index, search: &search)
    return ground.autopsy(runs, figures, calls: calls)
  }

  func index(of code: DriverCode) throws(AutopsyRefusal) -> Int {
    guard let index = drivers.firstIndex(of: code) else { throw .unknownDriver(code, known: drivers) }
    return index
  }
}

extension AutopsyGround {
  /// Drives everything for a driver and adds it up.
  func figures(
    driver index: Int, search: inout OptimumSearch
  ) throws(AutopsyRefusal) -> (runs: AutopsyRuns, figures: AutopsyFigures, calls: [ExAnteCall]) {
    try refuseUnfit(driver: index)
    let runs = try runs(driver: index, search: &search)
    let decision = decisionCost(runs)
    return (runs, figures(runs, decision: decision?.milliseconds), decision?.calls ?? [])
  }

  /// - Throws: the reason when a driver's race cannot be taken apart.
  private func refuseUnfit(driver index: Int) throws(AutopsyRefusal) {
    let driver = model.data.drivers[index]
    let needed = model.constants.autopsy.minimumLaps
    guard driver.lastLap >= needed else { throw .tooFewLaps(driven: driver.lastLap, needed: needed) }
    guard model.hasPace[index] else { throw driver.lacksCompound ? .tyresUnknown : .noPace }
    let compounds = model.data.compounds
    guard driver.stints.allSatisfy({ $0.compound.map(compounds.contains) ?? false }) else { throw .tyresUnknown }
    let unsupported = driver.laps.indices.dropFirst().count { lap in
      let facts = driver.laps[lap]
      guard facts.kind != .safetyCar, facts.kind != .red else { return false }
      return facts.compound.map { !model.windows.allows($0.tyreClass, lap: lap) } ?? true
    }
    guard unsupported <= Self.unsupportedLaps else {
      throw .tyreClassUnsupported(laps: unsupported, most: Self.unsupportedLaps)
    }
  }

  /// So many laps outside the window of their class are borne. Behind a safety car and under a red flag the class does not
  /// matter: the pace is the field's.
  private static let unsupportedLaps = 3
}
