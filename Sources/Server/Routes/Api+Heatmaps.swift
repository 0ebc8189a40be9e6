import Commands
import Events
import Projections
import Racing

extension Api {
  /// Where ranked runs at a circuit stopped, over what the model says each pair of laps costs.
  func heatmap(_ call: Call) async throws(Problem) -> Answer {
    let race = try raceAtCircuit(call)
    let stopCount = try call.query.integer("stops", in: 1...2) ?? 1
    let compound = try compound(call.query["compound"])
    let isCSV = try wantsCSV(call)
    try await readyAt(call)
    try await disclose(race, to: call, what: "windows")
    let surface = try await surface(race, stopCount)
    let past = try await past(call)
    let (cells, position) =
      past.map { past in
        (
          past.planCells(
            circuit: race.circuit, season: race.key.season, stopCount: stopCount, compound: compound), past.position
        )
      } ?? live.planCells(circuit: race.circuit, season: race.key.season, stopCount: stopCount, compound: compound)
    let grid = HeatmapGrid(crowd: cells ?? [], surface: surface)
    return heatmap(call, race, stopCount, compound, grid, position, isCSV)
  }

  /// What the model says; nil for a race that it refuses.
  private func surface(_ race: RaceSummary, _ stopCount: Int) async throws(Problem) -> PlanSurface? {
    do throws(CatalogError) {
      return try await library.surface(of: race.key, stopCount: stopCount)
    } catch {
      if case .unavailable = error { throw Problem(error, race: race) }
      return nil
    }
  }

  private func heatmap(
    _ call: Call, _ race: RaceSummary, _ stopCount: Int, _ compound: Compound?, _ grid: HeatmapGrid,
    _ position: Position, _ isCSV: Bool
  ) -> Answer {
    if isCSV {
      return answers.plain(
        grid.csv, type: .csv, call, name: "\(race.key.season)-\(race.slug)-heatmap-\(stopCount).csv")
    }
    var json = JSONWriter(capacity: 65_536)
    json.field("synthetic", race.isSynthetic)
    json.field("circuit", race.circuit)
    json.field("season", race.key.season)
    json.field("gp", race.slug)
    json.field("laps", race.lapCount)
    json.field("stops", stopCount)
    json.field("compound", compound?.name)
    json.field("runs", grid.runs)
    json.field("basis", grid.runs == 0 ? "model" : "crowd")
    json.members(of: grid)
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: position.rawValue,
      model: library.modelVersion)
  }

  private func compound(_ text: String?) throws(Problem) -> Compound? {
    guard let text else { return nil }
    guard let compound = Compound(name: text.uppercased()) else {
      throw Problem(
        .unknownCompound,
        "compound is \"\(text.prefix(32))\"; one of \(Compound.allCases.map(\.name).joined(separator: ", ")) was expected.",
        parameter: "compound")
    }
    return compound
  }
}

/// Crowd and model by the laps of the stops.
struct HeatmapGrid {
  /// One pair of laps.
  struct Cell {
    let first: Int
    let second: Int?
    var crowd: PlanCell?
    var model: PlanSurface.Cell?
  }

  /// By first and second lap.
  let cells: [Cell]

  /// Ranked runs behind the grid.
  var runs: Int { cells.reduce(0) { $0 + ($1.crowd?.runs ?? 0) } }

  init(crowd: [PlanCell], surface: PlanSurface?) {
    var found: [Int: Cell] = [:]
    func key(_ first: Int, _ second: Int?) -> Int { first << 8 | (second ?? 0) }
    for cell in surface?.cells ?? [] {
      found[key(cell.first, cell.second)] = Cell(first: cell.first, second: cell.second, model: cell)
    }
    for cell in crowd {
      let key = key(cell.first, cell.second)
      found[key, default: Cell(first: cell.first, second: cell.second)].crowd = cell
    }
    cells = found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The grid with a header, a row a cell.
  var csv: [UInt8] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    var lines = "firstLap,secondLap,modelMilliseconds,tyres,runs,accepted,meanIQ,meanRegretMilliseconds\r\n"
    for cell in cells {
      let fields = [
        "\(cell.first)", text(cell.second), text(cell.model?.regret),
        text(cell.model?.tyres.map(\.name).joined(separator: "-")), text(cell.crowd?.runs ?? 0),
        text(cell.crowd?.accepted ?? 0), text(cell.crowd.map { Double($0.meanIQ) / 100 }),
        text(cell.crowd?.meanRegret),
      ]
      lines += fields.joined(separator: ",") + "\r\n"
    }
    return Array(lines.utf8)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of grid: HeatmapGrid) {
    array("cells", grid.cells) { json, cell in
      json.object { json in
        json.field("first", cell.first)
        json.field("second", cell.second)
        json.field("modelMilliseconds", cell.model?.regret)
        json.array("tyres", cell.model?.tyres ?? []) { $0.value($1.name) }
        json.field("runs", cell.crowd?.runs ?? 0)
        json.field("accepted", cell.crowd?.accepted ?? 0)
        json.field("weightMillionths", cell.crowd?.weight ?? 0)
        json.decimal("meanIQ", cell.crowd?.meanIQ, places: 2)
        json.field("meanRegretMilliseconds", cell.crowd?.meanRegret)
      }
    }
  }
}
