import Racing
import TestSupport
import Testing

@testable import Timing

/// A session written as files and as a recording is the same session.
@Suite struct RecordingTests {
  private let feed = MadeUpFeed(cars: 6, laps: 8, seed: 21)

  private func shifted(_ laps: [[SessionLap]], by shift: Int) -> [[SessionLap]] {
    laps.map { car in
      car.map { lap in
        var moved = lap
        for path in [
          \SessionLap.start, \.end, \.sector1End, \.sector2End, \.sector3End, \.pitIn, \.pitOut,
        ] { moved[keyPath: path] = lap[keyPath: path].map { $0 + shift } }
        return moved
      }
    }
  }

  private func byNumber(_ laps: [[SessionLap]]) -> [[SessionLap]] {
    laps.sorted { ($0.first?.number ?? 0) < ($1.first?.number ?? 0) }
  }

  @Test(arguments: MadeUpRecording.Shape.allCases)
  func `files and recordings give the same laps, up to the moment from which time counts`(
    shape: MadeUpRecording.Shape
  ) throws {
    let files = try withFolder(feed.files) { try LiveSession(directory: $0).laps() }
    let recording = MadeUpRecording(feed.files, shape: shape)
    let session = LiveSession(recorded: [Array(recording.text.utf8)])
    #expect(session.reports.map(\.accepted) == [recording.values.count])
    #expect(session.reports.map(\.skipped) == [0])
    #expect(session.kind == .race)
    // Nothing tells of the start but the status itself: time counts from the first message, 100 ms into the feed.
    #expect(session.utcOrigin == MadeUpRecording.origin + 100)
    #expect(session.laps() == shifted(files, by: -100))
  }

  @Test func `time counts from the start where the recording tells of it, and is negative before`() {
    var files = feed.files
    files["SessionData.jsonStream"] =
      "\u{FEFF}\(MadeUpFeed.stamp(MadeUpFeed.started)){\"StatusSeries\":[{\"Utc\":\""
      + UTCText.text(MadeUpRecording.origin + MadeUpFeed.started) + "\",\"SessionStatus\":\"Started\"}]}\r\n"
    files["SessionStatus.jsonStream"] = nil
    let session = LiveSession(recorded: [Array(MadeUpRecording(files, shape: .hub).text.utf8)])
    #expect(session.announcedStart == 0)
    #expect(session.topics.tyres.values.joined().contains { $0.time < 0 })
    let laps = session.laps()
    #expect(laps.map(\.count) == feed.cars.map { $0.laps.count })
    #expect(laps.joined().allSatisfy { ($0.end ?? 0) > 0 })
    for (car, made) in zip(laps, feed.cars) {
      #expect(car.map(\.compound) == (0..<8).map { $0 < made.stop ?? 8 ? "SOFT" : "HARD" })
    }
  }

  @Test(arguments: [1, 2, 7, 64, 1_000, 100_000])
  func `bytes may arrive in pieces of any size`(size: Int) {
    let text = MadeUpRecording(feed.files, shape: .lists).text + "\"whatever\"\n['x'\n{\"A\":[]}\n"
    let whole = Recording(Array(text.utf8), input: "x")
    var pieces = Recording(input: "x")
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      pieces.take(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    pieces.finish()
    #expect(pieces.messages == whole.messages)
    #expect(pieces.report == whole.report)
    #expect(whole.report.skipped == 3)
  }

  @Test func `messages are put in the order of their stamps`() {
    let recording = MadeUpRecording(feed.files, shape: .typed)
    var random = SplitMix64(seed: 5)
    var values = recording.values
    for index in stride(from: 0, to: values.count - 4, by: 4) {
      values[index..<index + 4].shuffle(using: &random)
    }
    let ordered = LiveSession(recorded: [Array(recording.text.utf8)])
    let session = LiveSession(recorded: [Array(values.joined(separator: "\n").utf8)])
    #expect(session.reports[0].backwardStamps > 10)
    // Cars with equal stamps may be named in another order.
    #expect(byNumber(session.laps()) == byNumber(ordered.laps()))
  }

  @Test func `recordings that overlap are joined without a message twice`() {
    let recording = MadeUpRecording(feed.files, shape: .hub)
    let middle = recording.values.count / 2
    let first = recording.values[..<(middle + 40)].joined(separator: "\n")
    let second = recording.values[middle...].joined(separator: "\n")
    let joined = LiveSession(recorded: [Array(first.utf8), Array(second.utf8)])
    let whole = LiveSession(recorded: [Array(recording.text.utf8)])
    #expect(joined.laps() == whole.laps())
    #expect(joined.topics.timing.cars == whole.topics.timing.cars)
  }

  @Test func `a recording becomes a race record, as a file and in a folder`() throws {
    let text = MadeUpRecording(feed.files, shape: .lists).text
    try withFolder(["session.txt": text, "notes.txt": "no recording\n"]) { folder in
      let race = try RaceReader().read(folder + "/session.txt")
      #expect(race.record.key == RaceKey(season: 2023, round: 3))
      #expect(race.record.entrants.count == 6)
      #expect(try RaceReader().read(folder).record.entrants == race.record.entrants)
    }
  }
}
