import Foundation
import Timing

/// A12: laps cut into pages of any size, in any order, are the same laps.
func pagingFigures(_ data: TimingData, _ options: TimingOptions) -> [TimingFigure] {
  var answers: [String: [Any]] = [:]
  let root = "\(data.native)/jolpica-http/api.jolpi.ca/ergast/f1"
  for season in TimingData.names(in: root) {
    for round in TimingData.names(in: "\(root)/\(season)") {
      for name in TimingData.names(in: "\(root)/\(season)/\(round)") where name.hasPrefix("laps") {
        if let timings = TimingPages.timings("\(root)/\(season)/\(round)/\(name)") {
          answers["\(season)/\(round)/\(name)"] = timings
        }
      }
    }
  }
  var equal = 0
  var count = 0
  for (_, timings) in answers.sorted(by: { $0.key < $1.key }) where !timings.isEmpty {
    let whole = TimingPages.read([timings[...]])
    for size in [100, 30, 7, 1] {
      var pages = stride(from: 0, to: timings.count, by: size).map { timings[$0..<min($0 + size, timings.count)] }
      var random = SeededRandom(seed: options.seed &+ UInt64(size))
      pages.shuffle(using: &random)
      count += 1
      if TimingPages.read(pages) == whole, !whole.lapTimes.isEmpty { equal += 1 }
    }
  }
  return count == 0 ? [] : [.all("a12.pagings_equal", equal, of: count, "pagings")]
}

/// Answers of the results service with laps.
enum TimingPages {
  /// The timings of an answer, each with its lap.
  static func timings(_ path: String) -> [Any]? {
    guard let data = FileManager.default.contents(atPath: path),
      let answer = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let table = (answer["MRData"] as? [String: Any])?["RaceTable"] as? [String: Any],
      let race = (table["Races"] as? [[String: Any]])?.first, let laps = race["Laps"] as? [[String: Any]]
    else { return nil }
    return laps.flatMap { lap -> [Any] in
      ((lap["Timings"] as? [Any]) ?? []).map { ["number": lap["number"] ?? "", "timing": $0] }
    }
  }

  /// What the service's reader makes of those pages.
  static func read(_ pages: [ArraySlice<Any>]) -> OfficialResults {
    var results = OfficialResults()
    for page in pages {
      let laps = page.compactMap { $0 as? [String: Any] }.map { entry -> [String: Any] in
        ["number": entry["number"] ?? "", "Timings": [entry["timing"] ?? [:]]]
      }
      let answer = ["MRData": ["RaceTable": ["Races": [["season": "2023", "round": "1", "Laps": laps]]]]]
      guard let data = try? JSONSerialization.data(withJSONObject: answer) else { continue }
      results.read(page: [UInt8](data))
    }
    return results
  }
}

/// SplitMix64.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
