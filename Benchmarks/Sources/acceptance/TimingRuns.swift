import Foundation
import Timing

/// A14: the order in which topics are read, and how often, makes no difference.
func determinismFigures(_ data: TimingData) -> [TimingFigure] {
  var equal = 0
  for session in data.raw {
    let topics = session.topics()
    let first = LiveSession(topics: topics)
    var reversed = LiveSession(topics: [:])
    for name in topics.keys.sorted().reversed() { reversed.read(topic: name, topics[name] ?? []) }
    if first.laps() == reversed.laps(), first.laps() == LiveSession(topics: topics).laps() { equal += 1 }
  }
  return data.raw.isEmpty ? [] : [.all("a14.sessions_equal", equal, of: data.raw.count, "sessions")]
}

/// A7: bytes to laps, and memory.
func speedFigures(_ data: TimingData, _ options: TimingOptions) -> [TimingFigure] {
  let runs = options.isQuick ? 5 : 15
  var figures: [TimingFigure] = []
  for session in data.raw + data.sessions.filter({ $0.isRaw && $0.reference == nil }) {
    let topics = session.topics()
    let name = topics["TimingData"] == nil ? "TimingDataF1" : "TimingData"
    guard let timing = topics[name] else { continue }
    let short = session.name.lowercased()
    let laps = milliseconds(runs) { _ = LiveSession(topics: [name: timing]).laps() }
    let whole = milliseconds(runs) { _ = try? LiveSession(directory: session.path).laps() }
    let isBaku = session.name == "2018_Azerbaijan_Race"
    let megabytes = Double(timing.count) / 1e6
    figures.append(
      TimingFigure(
        "a7.\(short).bytes_to_laps", laps[runs / 2], "ms", .atMost, isBaku ? 50 : max(50, 150 * megabytes / 7), n: runs,
        spread: [laps[0], laps[runs - 1]],
        note: "\(Report.number(megabytes)) MB, \(Report.number(megabytes / laps[runs / 2] * 1_000)) MB/s"))
    figures.append(
      TimingFigure(
        "a7.\(short).whole_session", whole[runs / 2], "ms", .atMost, 100, n: runs,
        spread: [whole[0], whole[runs - 1]]))
  }
  return figures
}

/// Sorted milliseconds of runs; the first, which warms up, is not counted.
private func milliseconds(_ runs: Int, _ body: () -> Void) -> [Double] {
  body()
  let clock = ContinuousClock()
  return (0..<runs).map { _ in clock.measure(body) / .milliseconds(1) }.sorted()
}

/// A7: what reading takes beside the bytes of the file. It must run before anything that leaves free memory behind.
func memoryFigures(_ data: TimingData) -> [TimingFigure] {
  data.raw.prefix(1).compactMap { session in
    let topics = session.topics()
    guard let timing = topics["TimingData"], let before = memory("VmRSS:") else { return nil }
    guard (try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))) != nil else { return nil }
    let laps = LiveSession(topics: ["TimingData": timing]).laps()
    guard let peak = memory("VmHWM:"), !laps.isEmpty else { return nil }
    let times = (peak - before + Double(timing.count)) / Double(timing.count)
    return TimingFigure(
      "a7.\(session.name.lowercased()).memory", times, "times the input", .atMost, 4,
      note: "the file's own bytes included")
  }
}

/// A line of the process's status, in bytes.
private func memory(_ key: String) -> Double? {
  guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) })
  else { return nil }
  return line.split(separator: " ").dropFirst().first.flatMap { Double($0.filter(\.isNumber)) }.map { $0 * 1_024 }
}
