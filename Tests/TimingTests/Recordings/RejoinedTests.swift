import Foundation
import Testing

@testable import Timing

/// A feed that was away for a while and tells the state of every topic when it comes back.
@Suite struct RejoinedTests {
  private let feed = MadeUpFeed(cars: 4, laps: 8, seed: 77)
  private let recording: MadeUpRecording

  init() { recording = MadeUpRecording(feed.files, shape: .core) }

  /// The recording without those values; where they are missing stands the state after them, as the hub answers.
  private func session(without missing: Range<Int>) throws -> LiveSession {
    var state: [String: Any] = [:]
    for line in recording.lines[..<missing.upperBound] {
      let patch = try JSONSerialization.jsonObject(with: Data(line.object.utf8))
      state[line.topic] = Self.merged(state[line.topic], patch)
    }
    let told = try JSONSerialization.data(withJSONObject: state)
    let answer = #"{"type":3,"invocationId":"0","result":\#(String(decoding: told, as: UTF8.self))}"#
    let values =
      [#"{}"#, #"{"type":6}"#] + recording.values[..<missing.lowerBound] + [answer]
      + recording.values[missing.upperBound...]
    return LiveSession(recorded: [Array(values.joined(separator: "\n").utf8)])
  }

  private static func merged(_ old: Any?, _ new: Any) -> Any {
    guard let old = old as? [String: Any], let new = new as? [String: Any] else { return new }
    return old.merging(new) { merged($0, $1) }
  }

  @Test func `nothing is lost where no lap ended meanwhile`() throws {
    let whole = LiveSession(recorded: [Array(recording.text.utf8)])
    let places = recording.lines.indices.filter {
      recording.lines[$0].topic == "TimingData" && recording.lines[$0].object.contains("NumberOfLaps")
    }
    let last = try #require(places.dropFirst(places.count / 2).first)
    let session = try session(without: last + 1..<last + 2)
    #expect(session.reports.allSatisfy { $0.skipped == 0 })
    #expect(session.laps().map { $0.map(\.time) } == whole.laps().map { $0.map(\.time) })
    #expect(session.laps().map { $0.map(\.lap) } == whole.laps().map { $0.map(\.lap) })
  }

  @Test func `laps that ended meanwhile keep their numbers, and the last its time`() throws {
    let whole = LiveSession(recorded: [Array(recording.text.utf8)])
    let ends = recording.lines.indices.filter {
      recording.lines[$0].topic == "TimingData" && recording.lines[$0].object.contains("NumberOfLaps")
    }
    let missing = ends[ends.count / 2 - 1]..<ends[ends.count / 2 + 5] + 1
    let session = try session(without: missing)
    let (found, expected) = (session.laps(), whole.laps())
    #expect(found.map { $0.map(\.lap) } == expected.map { $0.map(\.lap) })
    for (car, all) in zip(found, expected) {
      let known = zip(car, all).filter { $0.0.time == $0.1.time }
      #expect(known.count >= all.count - 2, "car \(all[0].number): \(car.map(\.time)) instead of \(all.map(\.time))")
      #expect(car.last?.time == all.last?.time)
    }
  }
}
