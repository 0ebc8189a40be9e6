import Foundation
import Timing

/// The sessions of a folder, and the folders beside it.
struct TimingData: Sendable {
  /// One session's directory.
  struct Session: Sendable {
    let name: String
    let path: String
    /// It has live timing files.
    let isRaw: Bool
    /// FastF1's laps; nil where it has none.
    let reference: CSVTable?

    /// The bytes of its topics by name.
    func topics() -> [String: [UInt8]] {
      var topics: [String: [UInt8]] = [:]
      for file in TimingData.names(in: path + "/raw") where file.hasSuffix(".jsonStream") {
        guard let data = FileManager.default.contents(atPath: "\(path)/raw/\(file)") else { continue }
        topics[String(file.dropLast(".jsonStream".count))] = [UInt8](data)
      }
      return topics
    }
  }

  let sessions: [Session]
  let native: String
  let races: String
  /// The folder with the sessions.
  let root: String

  init(folder: String) throws {
    let below = folder + "/timing"
    let root = FileManager.default.fileExists(atPath: below) ? below : folder
    self.root = root
    let above = (root as NSString).deletingLastPathComponent
    native = above + "/native"
    races = above + "/races"
    sessions = TimingData.names(in: root).compactMap { name in
      let path = "\(root)/\(name)"
      let isRaw = ["TimingData", "TimingDataF1"].contains { topic in
        FileManager.default.fileExists(atPath: "\(path)/raw/\(topic).jsonStream")
      }
      let isTables = FileManager.default.fileExists(atPath: path + "/stage1/timing_laps.csv")
      guard isRaw || isTables else { return nil }
      return Session(name: name, path: path, isRaw: isRaw, reference: CSVTable(path: path + "/laps.csv"))
    }
    if sessions.isEmpty { throw BadInput(description: "\(folder): no sessions with raw/ or stage1/") }
  }

  /// The sessions with live timing files and FastF1's laps.
  var raw: [Session] { sessions.filter { $0.isRaw && $0.reference != nil } }
  /// The sessions with FastF1's intermediate tables and its laps.
  var intermediate: [Session] { sessions.filter { !$0.isRaw && $0.reference != nil } }

  /// The names in a folder, sorted.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// The intermediate tables of a session, with the official results that its reference was made with.
  func tables(_ session: Session) throws -> IntermediateTables {
    try IntermediateTables(directory: session.path + "/stage1", official: official(session))
  }

  /// Results and lap 1 of the results service, where the reference was made with them: then its results have a status,
  /// and its first laps a time.
  func official(_ session: Session) -> OfficialResults {
    let hasStatus = CSVTable(path: session.path + "/results.csv").map { table in
      table.rows.contains { !table.value("Status", $0).isEmpty }
    }
    guard hasStatus == true,
      let data = FileManager.default.contents(atPath: session.path + "/stage1/session_info.json"),
      let info = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let meeting = (info["Meeting"] as? [String: Any])?["Name"] as? String
    else { return OfficialResults() }
    let season = "\(native)/jolpica-http/api.jolpi.ca/ergast/f1/\(session.name.prefix(4))"
    for round in TimingData.names(in: season) {
      let results = "\(season)/\(round)/results.json"
      guard OfficialResults(answers: [results]).raceName == meeting else { continue }
      let hasFirstLaps = session.reference.map { table in
        table.rows.contains { table.value("LapNumber", $0) == "1.0" && !table.value("LapTime", $0).isEmpty }
      }
      return OfficialResults(answers: [results] + (hasFirstLaps == true ? ["\(season)/\(round)/laps/1.json"] : []))
    }
    return OfficialResults()
  }
}

/// A small CSV file as text.
struct CSVTable: Sendable {
  let rows: [[String]]
  private let columns: [String: Int]

  init?(path: String) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    var lines = text.split(whereSeparator: \.isNewline).map { cells(of: $0) }
    guard !lines.isEmpty else { return nil }
    let header = lines.removeFirst()
    columns = Dictionary(zip(header, header.indices), uniquingKeysWith: { first, _ in first })
    rows = lines
  }

  /// The file has the column.
  func has(_ column: String) -> Bool { columns[column] != nil }

  /// The cell; "" where there is none.
  func value(_ column: String, _ row: [String]) -> String {
    guard let index = columns[column], index < row.count else { return "" }
    return row[index]
  }
}
