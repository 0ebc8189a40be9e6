import Foundation
import Racing
import Timing

/// The races of a folder, sorted into lists by rule, so that any folder of this layout can be measured.
struct Races: Sendable {
  /// Names of races by list, in the order of the folder.
  let lists: [(String, [String])]
  private let records: [String: RaceRecord]
  /// Seconds it took to read everything.
  let readingSeconds: Double

  /// Reads everything.
  init(folder: String) throws {
    let clock = ContinuousClock()
    let begun = clock.now
    let tables = try TidyTables(directory: folder)
    let facts = try Self.facts(folder)
    var records: [String: RaceRecord] = [:]
    for listing in tables.races { records[listing.id] = try tables.race(listing.id).record }
    self.records = records
    let ids = tables.races.map(\.id)
    func list(_ wanted: (Facts) -> Bool) -> [String] {
      ids.filter { id in facts[id].map { $0.quality != "C" && wanted($0) } ?? false }
    }
    lists = [
      ("DRY", list { (2023...2024).contains($0.year) && $0.wet <= 0.02 && $0.red == 0 }),
      ("RED", list { (2023...2024).contains($0.year) && $0.wet <= 0.02 && $0.red > 0 }),
      ("WET", list { (2023...2024).contains($0.year) && $0.wet > 0.02 }),
      ("OOT", list { [2019, 2021, 2022].contains($0.year) && $0.wet <= 0.02 }),
      ("NEW", list { $0.year == 2025 && $0.wet <= 0.02 }),
      ("ALL", list { _ in true }),
    ]
    readingSeconds = (clock.now - begun) / .seconds(1)
  }

  /// The races of a list.
  func callAsFunction(_ name: String) -> [RaceRecord] {
    lists.first { $0.0 == name }?.1.compactMap { records[$0] } ?? []
  }

  private struct Facts {
    let year: Int
    let wet: Double
    let red: Int
    let quality: String
  }

  private static func facts(_ folder: String) throws -> [String: Facts] {
    let path = folder + "/races.csv"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw BadInput(description: "\(path) cannot be read; --data wants the folder with races.csv and laps/")
    }
    let rows = text.split(whereSeparator: \.isNewline).map { cells(of: $0) }
    guard let head = rows.first, let id = head.firstIndex(of: "race_id"), let wet = head.firstIndex(of: "wet_share"),
      let red = head.firstIndex(of: "red"), let quality = head.firstIndex(of: "quality")
    else { throw BadInput(description: "\(path) lacks one of race_id, wet_share, red, quality") }
    var facts: [String: Facts] = [:]
    for row in rows.dropFirst() where row.count > max(id, wet, red, quality) {
      facts[row[id]] = Facts(
        year: Int(row[id].prefix(4)) ?? 0, wet: Double(row[wet]) ?? 0, red: Int(row[red]) ?? 0, quality: row[quality])
    }
    return facts
  }
}

/// Does something with every race on all cores; results in the order of the races, races without a model left out.
func each<Value: Sendable>(
  _ races: [RaceRecord], _ body: @escaping @Sendable (Int, RaceRecord) async throws -> Value?
) async throws -> [Value] {
  try await withThrowingTaskGroup(of: (Int, Value?).self) { group in
    for (index, race) in races.enumerated() { group.addTask { (index, try await body(index, race)) } }
    var found = [Value?](repeating: nil, count: races.count)
    for try await (index, value) in group { found[index] = value }
    return found.compactMap(\.self)
  }
}

/// The race's artefact; nil when the model refuses the race.
func artefact(_ race: RaceRecord) throws -> RaceArtefact? {
  do {
    return try RaceArtefact.build(from: race)
  } catch {
    guard case .refused = error else { throw error }
    return nil
  }
}
