extension RaceArtefact {
  /// Fits a race and publishes it in whole numbers. Equal records and constants give equal bytes in every build.
  ///
  /// - Throws: `ModelError.refused` with the reason when the race is not fit to be modelled,
  ///   `ModelError.notPositiveDefinite` when the fit has no solution.
  /// - Complexity: O(laps · cars) for the fit, then O(cells of the pace tables).
  public static func build(
    from record: RaceRecord, constants: ModelConstants = .shipped
  ) throws(ModelError) -> RaceArtefact {
    try RaceModel(record, constants: constants).artefact()
  }
}

extension RaceModel {
  /// The artefact of this model.
  package func artefact() -> RaceArtefact {
    RaceArtefact(
      key: record.key, modelVersion: constants.version, recordDigest: record.digest, lapCount: data.lapCount,
      isWet: data.isWet, isSynthetic: record.isSynthetic, compounds: data.compounds,
      stintCaps: data.compounds.map { caps.laps($0) }, rules: record.rules, cars: cars,
      laps: fieldLaps, pitLoss: pitLoss(), follow: followMap,
      paces: data.drivers.indices.map { paceTable(driver: $0, blueFlags: true) }, parameters: publishedParameters)
  }

  /// The artefact without pace tables, parameters and hash: enough for worlds that bring a pace of their own.
  ///
  /// - Parameters:
  ///   - cars: `cars` of this model or of another fit of the same race.
  ///   - outShift: Added to the loss of every out-lap, ms.
  func track(cars: [RaceArtefact.Car], rules: RaceRules, outShift: Int64 = 0) -> RaceArtefact {
    RaceArtefact(
      key: record.key, modelVersion: constants.version, recordDigest: "", lapCount: data.lapCount,
      isWet: data.isWet, isSynthetic: record.isSynthetic, compounds: data.compounds,
      stintCaps: data.compounds.map { caps.laps($0) }, rules: rules, cars: cars,
      laps: fieldLaps, pitLoss: pitLoss(outShift: outShift), follow: followMap,
      paces: [], parameters: [], hash: "")
  }

  /// Everybody's real race as an artefact shows it.
  var cars: [RaceArtefact.Car] { data.drivers.indices.map(car) }

  private var fieldLaps: [RaceArtefact.FieldLap] { (0...data.lapCount).map(fieldLap) }

  private func pitLoss(outShift: Int64 = 0) -> RaceArtefact.PitLoss {
    let circuit = constants.circuit(record.circuit)
    return RaceArtefact.PitLoss(
      inMilliseconds: circuit.inMilliseconds, outMilliseconds: circuit.outMilliseconds + outShift,
      laneBestMilliseconds: crew.best, laneMedianMilliseconds: crew.median,
      shares: RaceArtefact.PitLoss.Shares(
        safetyCarPercent: constants.pitLoss.safetyCarPercent,
        virtualSafetyCarPercent: constants.pitLoss.virtualSafetyCarPercent))
  }

  private var followMap: RaceArtefact.FollowMap {
    RaceArtefact.FollowMap(
      thetaMilliseconds: theta(constants.circuit(record.circuit)), knotDeltas: constants.follow.knotDeltas,
      knotGaps: constants.follow.raceGaps)
  }

  /// A pass needs less advantage over a whole race than within one lap: it is tried again and again.
  private func theta(_ circuit: ModelConstants.Circuit) -> Int64 {
    let advantage = constants.follow.thetaFactor * Double(circuit.passAdvantageMilliseconds)
    return Int64(advantage.rounded(.toNearestOrAwayFromZero))
  }

  private func fieldLap(_ lap: Int) -> RaceArtefact.FieldLap {
    guard lap > 0 else {
      return RaceArtefact.FieldLap(
        paceMillionths: 1_000_000, safetyCarMilliseconds: 0, floorMilliseconds: 0, medianDurationMilliseconds: 0)
    }
    let multiplier = field.multiplier(lap: lap, kind: field.kinds[lap])
    return RaceArtefact.FieldLap(
      paceMillionths: Int64((1_000_000 * multiplier).rounded(.toNearestOrAwayFromZero)),
      safetyCarMilliseconds: field.safetyCar[lap], floorMilliseconds: field.floor[lap],
      medianDurationMilliseconds: field.duration[lap])
  }

  private func car(_ index: Int) -> RaceArtefact.Car {
    let driver = data.drivers[index]
    let laps = 0...data.lapCount
    func known(_ lap: Int) -> RaceData.Facts? { lap > 0 && lap <= driver.lastLap ? driver.laps[lap] : nil }
    return RaceArtefact.Car(
      code: driver.entrant.code, team: driver.entrant.team, lastLap: driver.lastLap,
      position: driver.entrant.result.position, isFinisher: driver.entrant.result.status == "Finished",
      elapsed: laps.map { $0 == 0 ? 0 : known($0)?.elapsed ?? -1 }, kinds: laps.map { kind(driver: index, lap: $0) },
      inLaps: laps.map { known($0)?.isIn ?? false }, outLaps: laps.map { known($0)?.isOut ?? false },
      stints: stints(of: driver), isPlayable: isPlayable(index), grid: grid(of: driver.entrant))
  }

  private func stints(of driver: RaceData.Driver) -> [RaceArtefact.Stint] {
    driver.stints.compactMap { stint in
      guard let compound = stint.compound else { return nil }
      let first = stint.laps.lowerBound
      return RaceArtefact.Stint(
        compound: compound, firstLap: first, lastLap: stint.laps.upperBound, ageAtStart: stint.ageAtStart,
        isFree: first == 1 || driver.laps[first - 1].kind == .red)
    }
  }

  private func isPlayable(_ index: Int) -> Bool {
    let driver = data.drivers[index]
    let compounds = data.compounds
    return hasPace[index] && driver.entrant.result.position != nil && driver.lastLap > 1
      && driver.lastLap >= driver.entrant.result.laps
      && driver.stints.allSatisfy { $0.compound.map(compounds.contains) ?? false }
  }

  private func grid(of entrant: Entrant) -> Int? {
    switch entrant.grid {
    case .slot(let slot): slot
    case .pitLane: data.drivers.count
    case nil: nil
    }
  }
}
