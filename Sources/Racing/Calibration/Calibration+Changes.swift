extension Calibration {
  /// What differs between two sheets, and how much each rests on.
  static func changes(
    _ before: ConstantsSheet, _ after: ConstantsSheet, _ measurements: RaceMeasurements, dry: Int
  ) -> [Change] {
    var found = circuits(before, after, measurements)
    func compare(_ name: String, _ path: [String], cases: Int) {
      let (old, new) = (text(before[path]), text(after[path]))
      if old != new { found.append(Change(name: name, before: old, after: new, cases: cases)) }
    }
    let counted = measurements.neutralisation.races
    compare("safety car begins on a lap", ["neutralisation", "safetyCarStart"], cases: counted)
    compare("its laps", ["neutralisation", "safetyCarLaps"], cases: counted)
    compare("virtual safety car begins on a lap", ["neutralisation", "virtualSafetyCarStart"], cases: counted)
    compare("its laps", ["neutralisation", "virtualSafetyCarLaps"], cases: counted)
    let ratios = measurements.lapRatios.laps
    compare(
      "lap under the virtual safety car", ["lapKinds", "virtualSafetyCarDefault"], cases: ratios.virtualSafetyCar)
    compare("lap behind the safety car", ["lapKinds", "safetyCarDefault"], cases: ratios.safetyCar)
    compare(
      "stop under the virtual safety car, %", ["pitLoss", "virtualSafetyCarPercent"],
      cases: measurements.flagShare?.stops ?? 0)
    for knob in Knob.ofLaps + Knob.ofGaps + Knob.ofRaces { knob.paths.first.map { compare(knob.name, $0, cases: dry) } }
    compare("scale of the IQ", ["scoring", "mapFrom"], cases: dry)
    return found
  }

  private static func circuits(_ before: ConstantsSheet, _ after: ConstantsSheet, _ measurements: RaceMeasurements)
    -> [Change]
  {
    let known = byName(before)
    return byName(after).sorted { $0.key < $1.key }.flatMap { id, new -> [Change] in
      let old = known[id] ?? [:]
      let name = id.isEmpty ? "any other circuit" : id
      let stops = id.isEmpty ? measurements.pitLoss.everywhere.stops : measurements.pitLoss.circuits[id]?.stops ?? 0
      let laps = id.isEmpty ? measurements.passing.everywhere.laps : measurements.passing.circuits[id]?.laps ?? 0
      let parts = [
        ("stop, ms", ["inMilliseconds", "outMilliseconds"], stops),
        ("passing, ms", ["passAdvantageMilliseconds"], laps),
        ("safety car, millionths", ["safetyCarMillionths"], measurements.neutralisation.races),
      ]
      return parts.compactMap { what, keys, cases in
        let (was, now) = (keys.map { text(old[$0]) }, keys.map { text(new[$0]) })
        return was == now
          ? nil
          : Change(
            name: "\(name): \(what)", before: was.joined(separator: " + "), after: now.joined(separator: " + "),
            cases: cases)
      }
    }
  }

  private static func byName(_ sheet: ConstantsSheet) -> [String: [String: Any]] {
    let circuits = sheet[["circuits"]] as? [[String: Any]] ?? []
    return Dictionary(circuits.map { ($0["id"] as? String ?? "", $0) }) { first, _ in first }
  }

  private static func text(_ value: Any?) -> String { value.map { "\($0)" } ?? "none" }
}
