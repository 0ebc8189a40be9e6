import Foundation

extension Calibration {
  /// One constant, before and after.
  public struct Change: Sendable {
    /// The constant's name.
    public let name: String
    /// What is shipped.
    public let before: String
    /// What was measured.
    public let after: String
    /// Cases it was measured on.
    public let cases: Int
  }

  /// The fewest stops at which a circuit's own figures are published.
  static let minimumStops = 5

  /// The fewest races at which a circuit's own threshold of passing is published.
  static let minimumRaces = 4

  /// The shipped constants with what was measured put in: sorted keys, so that equal measurements give equal bytes.
  public func text() throws(ModelError) -> String {
    do {
      guard var root = try JSONSerialization.jsonObject(with: Data(ModelConstants.shippedText.utf8)) as? [String: Any],
        let circuits = root["circuits"] as? [[String: Any]]
      else { throw ModelError.malformedConstants(reason: "the shipped constants are no object") }
      root["circuits"] = calibrated(circuits)
      root["neutralisation"] = [
        "safetyCarStart": decimal(neutralisation.safetyCarStart, 6),
        "virtualSafetyCarStart": decimal(neutralisation.virtualSafetyCarStart, 6),
        "safetyCarLaps": decimal(neutralisation.safetyCarLaps, 3),
        "virtualSafetyCarLaps": decimal(neutralisation.virtualSafetyCarLaps, 3),
        "typicalSafetyCarMillionths": neutralisation.typicalSafetyCar,
      ]
      if let scores, var scoring = root["scoring"] as? [String: Any] {
        scoring["mapFrom"] = [Int(scores.random), Int(scores.real)]
        root["scoring"] = scoring
      }
      let data = try JSONSerialization.data(
        withJSONObject: root, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self) + "\n"
    } catch let error as ModelError {
      throw error
    } catch {
      throw .malformedConstants(reason: "\(error)")
    }
  }

  /// What differs from the shipped constants.
  public func changes(from constants: ModelConstants = .shipped) -> [Change] {
    var changes = pitLoss.circuits.keys.sorted().compactMap { id -> Change? in
      guard let found = pitLoss.circuits[id], found.stops >= Self.minimumStops else { return nil }
      let before = constants.circuit(id)
      return Change(
        name: "\(id): stop", before: "\(before.inMilliseconds) + \(before.outMilliseconds)",
        after: "\(found.onInLap) + \(found.onOutLap)", cases: found.stops)
    }
    changes += passing.circuits.keys.sorted().compactMap { id in
      passing.circuits[id].flatMap { $0.races < Self.minimumRaces ? nil : $0 }.map {
        Change(
          name: "\(id): passing", before: "\(constants.circuit(id).passAdvantageMilliseconds)",
          after: "\($0.advantage)",
          cases: $0.laps)
      }
    }
    let chances = constants.neutralisation
    changes.append(
      Change(
        name: "safety car begins on a lap", before: "\(chances.safetyCarStart)",
        after: decimal(neutralisation.safetyCarStart, 6), cases: neutralisation.races))
    if let scores {
      changes.append(
        Change(
          name: "IQ map", before: "\(constants.scoring.mapFrom)", after: "[\(scores.random), \(scores.real)]",
          cases: races.count { $0.uses.contains(.scores) }))
    }
    return changes
  }

  private func calibrated(_ circuits: [[String: Any]]) -> [[String: Any]] {
    var known = Set(circuits.compactMap { $0["id"] as? String })
    var all = circuits
    for id in pitLoss.circuits.keys.sorted() where !known.contains(id) {
      guard let other = circuits.first(where: { ($0["id"] as? String)?.isEmpty ?? false }) else { continue }
      var circuit = other
      circuit["id"] = id
      all.append(circuit)
      known.insert(id)
    }
    return all.map(calibrated).sorted { ($0["id"] as? String ?? "") < ($1["id"] as? String ?? "") }
  }

  private func calibrated(_ circuit: [String: Any]) -> [String: Any] {
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

  private func decimal(_ value: Int64, _ places: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    let digits = String(value % scale)
    return "\(value / scale)." + String(repeating: "0", count: places - digits.count) + digits
  }
}
