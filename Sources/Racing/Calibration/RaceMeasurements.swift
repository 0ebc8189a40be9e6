/// What races show directly: stops, passing, neutralisations, laps under flags.
@_spi(Measurement) public struct RaceMeasurements: Sendable {
  /// What a stop costs.
  public let pitLoss: PitLossCalibration
  /// How hard passing is.
  public let passing: PassingCalibration
  /// How often races are neutralised.
  public let neutralisation: NeutralisationCalibration
  /// How slow laps under flags are.
  public let lapRatios: LapRatioCalibration
  /// How much of a stop's loss counts under the virtual safety car; nil with too few stops there.
  public let flagShare: FlagShare?
  /// Races without a model, with the reason.
  public let refused: [(key: RaceKey, reason: String)]

  /// Measures every race for what it may be used.
  ///
  /// - Parameter progress: Called with the races done.
  /// - Complexity: a fit a race.
  public init(_ records: [RaceRecord], constants: ModelConstants = .shipped, progress: (Int) -> Void = { _ in }) {
    var losses: [(circuit: String, stops: [StopLoss])] = []
    var trials: [(circuit: String, trials: [PassingCalibration.Trial])] = []
    var ratios: (virtual: [Double], safetyCar: [Double]) = ([], [])
    var shares: [Double] = []
    var refused: [(key: RaceKey, reason: String)] = []
    for (index, record) in records.enumerated() {
      if Calibration.uses(season: Int(record.key.season)).contains(.pitLoss) {
        do {
          let model = try RaceModel(record, constants: constants)
          losses.append((record.circuit, model.stopLosses))
          trials.append((record.circuit, model.passingTrials))
          ratios.virtual += model.lapRatios(.virtualSafetyCar)
          ratios.safetyCar += model.lapRatios(.safetyCar)
          shares += model.flagShares
        } catch { refused.append((record.key, "\(error)")) }
      }
      progress(index + 1)
    }
    pitLoss = PitLossCalibration(losses)
    passing = PassingCalibration(trials)
    neutralisation = NeutralisationCalibration(
      records.filter { Calibration.uses(season: Int($0.key.season)).contains(.neutralisation) })
    lapRatios = LapRatioCalibration(virtualSafetyCar: ratios.virtual, safetyCar: ratios.safetyCar)
    flagShare = FlagShare(shares)
    self.refused = refused
  }
}

extension RaceMeasurements {
  /// The fewest stops at which a circuit's own figures are published.
  static let minimumStops = 5
  /// The fewest races at which a circuit's own threshold of passing is published.
  static let minimumRaces = 4

  /// Puts what was measured into constants. Circuits that are not known yet begin as the unknown one.
  func put(into sheet: inout ConstantsSheet) {
    sheet[["circuits"]] = circuits(sheet[["circuits"]] as? [[String: Any]] ?? [])
    sheet[["neutralisation"]] = [
      "safetyCarStart": decimal(Double(neutralisation.safetyCarStart) / 1e6, places: 6),
      "virtualSafetyCarStart": decimal(Double(neutralisation.virtualSafetyCarStart) / 1e6, places: 6),
      "safetyCarLaps": decimal(Double(neutralisation.safetyCarLaps) / 1e3, places: 3),
      "virtualSafetyCarLaps": decimal(Double(neutralisation.virtualSafetyCarLaps) / 1e3, places: 3),
      "typicalSafetyCarMillionths": neutralisation.typicalSafetyCar,
    ]
    if let flagShare { sheet[["pitLoss", "virtualSafetyCarPercent"]] = flagShare.percent }
    if let ratio = lapRatios.virtualSafetyCar {
      sheet[["lapKinds", "virtualSafetyCarDefault"]] = decimal(Double(ratio) / 1e3, places: 3)
    }
    if let ratio = lapRatios.safetyCar {
      sheet[["lapKinds", "safetyCarDefault"]] = decimal(Double(ratio) / 1e3, places: 3)
    }
  }

  private func circuits(_ known: [[String: Any]]) -> [[String: Any]] {
    var all = known
    let ids = Set(known.compactMap { $0["id"] as? String })
    let unknown = known.first { ($0["id"] as? String)?.isEmpty ?? false }
    for id in pitLoss.circuits.keys.sorted() where !ids.contains(id) {
      guard var circuit = unknown else { continue }
      circuit["id"] = id
      all.append(circuit)
    }
    return all.map(measured).sorted { ($0["id"] as? String ?? "") < ($1["id"] as? String ?? "") }
  }

  private func measured(_ circuit: [String: Any]) -> [String: Any] {
    var circuit = circuit
    let id = circuit["id"] as? String ?? ""
    let stop = id.isEmpty ? pitLoss.everywhere : pitLoss.circuits[id]
    if let stop, stop.stops >= Self.minimumStops {
      circuit["inMilliseconds"] = stop.onInLap
      circuit["outMilliseconds"] = stop.onOutLap
      circuit["lossMilliseconds"] = stop.whole
      circuit["stops"] = stop.stops
      if let error = stop.error { circuit["errorMilliseconds"] = error }
    }
    if let passing = id.isEmpty ? passing.everywhere : passing.circuits[id], passing.races >= Self.minimumRaces {
      circuit["passAdvantageMilliseconds"] = passing.advantage
    }
    circuit["safetyCarMillionths"] = neutralisation.circuits[id] ?? neutralisation.typicalSafetyCar
    return circuit
  }
}
