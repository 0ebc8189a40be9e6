import Foundation
import Timing

/// A5 over every reader: mutated lines never stop one, hang it, or make it grow without bound.
func fuzzFigures(_ data: TimingData, _ options: TimingOptions) -> [TimingFigure] {
  let wanted = options.isQuick ? 1_000_000 : 10_000_000
  let readers = FuzzedReader.all(data)
  guard !readers.isEmpty else { return [] }
  var random = SeededRandom(seed: options.seed)
  var lines = 0
  var reads = 0
  var slowest = 0.0
  var slowestReader = ""
  while lines < wanted {
    let reader = readers[reads % readers.count]
    let bytes = reader.mutated(&random, strokes: 1 + reads % 40)
    let before = processorMilliseconds()
    reader.read(bytes)
    let time = processorMilliseconds() - before
    lines += reader.lines
    reads += 1
    if time > slowest { (slowest, slowestReader) = (time, reader.name) }
  }
  let resident = residentMegabytes()
  return [
    TimingFigure("a5.readers.mutated_lines", Double(lines), "lines", .atLeast, Double(wanted), n: reads),
    TimingFigure("a5.readers.slowest", slowest, "ms", .atMost, 2_000, n: reads, note: slowestReader),
    TimingFigure("a5.readers.peak_memory", resident, "MB", .atMost, 1_024),
  ]
}

/// A reader with the beginning of a real file.
private struct FuzzedReader: Sendable {
  let name: String
  let bytes: [UInt8]
  let lines: Int
  let read: @Sendable ([UInt8]) -> Void

  init?(_ name: String, _ path: String, lines count: Int = 200, read: @escaping @Sendable ([UInt8]) -> Void) {
    let content: [UInt8]?
    if path.hasSuffix(".gz") {
      content = output("/bin/gzip", ["-dc", path])
    } else {
      content = FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }
    guard let content, !content.isEmpty else { return nil }
    var end = 0
    var found = 0
    while end < content.count, found < count, end < 200_000 {
      if content[end] == UInt8(ascii: "\n") { found += 1 }
      end += 1
    }
    self.name = name
    bytes = Array(content[..<end])
    lines = max(1, found)
    self.read = read
  }

  /// The bytes with that many damages.
  func mutated(_ random: inout SeededRandom, strokes: Int) -> [UInt8] {
    var mutated = bytes
    for _ in 0..<strokes where !mutated.isEmpty {
      let at = Int.random(in: 0..<mutated.count, using: &random)
      let length = Int.random(in: 1...40, using: &random)
      let part = at..<min(mutated.count, at + length)
      switch Int.random(in: 0..<7, using: &random) {
      case 0: mutated[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: mutated[at] = UInt8.random(in: 0...255, using: &random)
      case 2: mutated.removeSubrange(part)
      case 3: mutated.insert(contentsOf: Array(mutated[part]), at: at)
      case 4: mutated.insert(contentsOf: Array(FuzzedReader.words[length % FuzzedReader.words.count].utf8), at: at)
      case 5: mutated.insert(contentsOf: [0, 0xff, 0xc3, 0x28], at: at)
      default: mutated.replaceSubrange(part, with: Array("999999999999999999".utf8))
      }
    }
    return mutated
  }

  private static let words = [
    "{", "}", "[", "]", "\"", "'", "\\", ",", ":", "null", "True", "-1", "1e308", "\n", "\r\n", "\\u", "\\ud83d", "nan",
    "0 days", "-9223372036854775808", "{\"Lines\":", "[[[[[[[[", "99:99:99.999",
  ]

  static func all(_ data: TimingData) -> [FuzzedReader] {
    let native = data.native
    var readers: [FuzzedReader?] = [
      FuzzedReader("recording A", native + "/signalr/2023_Qatar_Sprint_recording.txt") {
        _ = LiveSession(recorded: [$0]).laps()
      },
      FuzzedReader("recording B", native + "/signalr/2024_Imola_Qualifying/live.txt") {
        _ = LiveSession(recorded: [$0]).laps()
      },
      FuzzedReader("recording C", native + "/signalr/2024_Silverstone_Practice_1/live.txt") {
        _ = LiveSession(recorded: [$0]).laps()
      },
      FuzzedReader("recording D", native + "/signalr/2024_Imola_Race/subscribe.txt", lines: 5_000) {
        _ = LiveSession(recorded: [$0]).laps()
      },
      FuzzedReader("openf1 laps", native + "/openf1/2024-singapore-race-9606/laps.json.gz", lines: 400) {
        _ = OpenF1Session(answers: ["laps": $0]).laps()
      },
      FuzzedReader("openf1 results", native + "/openf1/2023-mixed-sessions/session_result.json") {
        _ = OpenF1Session(answers: ["laps": $0, "session_result": $0, "pit": $0, "stints": $0]).laps()
      },
      FuzzedReader("openf1 table", native + "/openf1-csv/2023-singapore-fp1-9161/laps.csv") {
        _ = OpenF1Session(answers: ["laps": $0, "position": $0]).laps()
      },
      FuzzedReader("season index", native + "/livetiming-index/static/2023/Index.json") { _ = SeasonIndex($0) },
      FuzzedReader("fastf1 laps", native + "/fastf1-laps-csv/2024-09-canada.csv.gz") {
        _ = (try? FastF1SessionLaps($0, input: "laps.csv"))?.cars()
      },
      FuzzedReader("ergast", native + "/ergast-csv/sprint_results.csv") { bytes in
        _ = ErgastDump(tables: ["races": bytes, "results": bytes, "pit_stops": bytes]).results(season: 2021, round: 1)
      },
    ]
    let answers = native + "/jolpica-http/api.jolpi.ca/ergast/f1/2022/1"
    for name in ["results.json", "laps/1.json"] {
      readers.append(
        FuzzedReader("official \(name)", "\(answers)/\(name)") { bytes in
          var results = OfficialResults()
          results.read(page: bytes)
          _ = try? results.race()
        })
    }
    for topic in ["TimingData", "TimingAppData", "RaceControlMessages", "DriverList"] {
      guard let session = data.raw.first else { continue }
      readers.append(
        FuzzedReader(topic, "\(session.path)/raw/\(topic).jsonStream", lines: 400) {
          _ = LiveSession(topics: [topic: $0]).laps()
        })
    }
    return readers.compactMap { $0 }
  }
}

/// Processor time of this process, so that what else runs on the machine does not count.
private func processorMilliseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
}

/// The largest memory that the process had, in megabytes.
private func residentMegabytes() -> Double {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
  let kilobytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) } ?? 0
  return kilobytes / 1_024
}
