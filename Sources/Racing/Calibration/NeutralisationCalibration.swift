/// How often races are neutralised, and for how long.
@_spi(Measurement) public struct NeutralisationCalibration: Sendable, Equatable {
  /// Chance of a safety car to begin on a lap from the second on, millionths.
  public let safetyCarStart: Int64
  /// The same of a virtual safety car, millionths.
  public let virtualSafetyCarStart: Int64
  /// Mean length in thousandths of a lap.
  public let safetyCarLaps: Int64
  /// Mean length in thousandths of a lap.
  public let virtualSafetyCarLaps: Int64
  /// Share of races with a safety car, millionths.
  public let typicalSafetyCar: Int64
  /// By circuit the same share, shrunk by four races of the typical share, millionths.
  public let circuits: [String: Int64]
  /// Races counted.
  public let races: Int

  /// Counts the periods of races.
  init(_ records: [RaceRecord]) {
    let laps = max(1, records.reduce(0) { $0 + $1.lapCount - 1 })
    func periods(_ kind: Neutralisation.Kind) -> [Neutralisation] {
      records.flatMap(\.neutralisations).filter { $0.kind == kind && ($0.startLap ?? 0) >= 2 }
    }
    func start(_ kind: Neutralisation.Kind) -> Int64 {
      Int64((1e6 * Double(periods(kind).count) / Double(laps)).rounded())
    }
    func length(_ kind: Neutralisation.Kind, usual: Int64) -> Int64 {
      let lengths = periods(kind).compactMap { period in
        period.startLap.flatMap { first in period.endLap.map { Double(max(1, $0 - first + 1)) } }
      }
      return lengths.isEmpty ? usual : Int64((1000 * lengths.reduce(0, +) / Double(lengths.count)).rounded())
    }
    safetyCarStart = start(.safetyCar)
    virtualSafetyCarStart = start(.virtualSafetyCar)
    safetyCarLaps = length(.safetyCar, usual: 4_200)
    virtualSafetyCarLaps = length(.virtualSafetyCar, usual: 2_000)
    func hadSafetyCar(_ record: RaceRecord) -> Bool { record.neutralisations.contains { $0.kind == .safetyCar } }
    let typical = records.isEmpty ? 0.57 : Double(records.count(where: hadSafetyCar)) / Double(records.count)
    typicalSafetyCar = Int64((1e6 * typical).rounded())
    var counts: [String: (with: Double, all: Double)] = [:]
    for record in records {
      counts[record.circuit, default: (0, 0)].all += 1
      if hadSafetyCar(record) { counts[record.circuit, default: (0, 0)].with += 1 }
    }
    circuits = counts.mapValues { Int64((1e6 * ($0.with + 4 * typical) / ($0.all + 4)).rounded()) }
    races = records.count
  }
}
