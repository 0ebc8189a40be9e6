import FoundationEssentials
import Testing

@testable import Timing

/// What servers and disks do to files, numbered as in the list of nasty inputs.
@Suite struct NastyFileInputs {
  private let feed = MadeUpFeed(cars: 4, laps: 5, seed: 81)

  private func session(_ changes: [String: [UInt8]]) -> LiveSession {
    var topics = [String: [UInt8]](
      uniqueKeysWithValues: feed.files.map { ($0.key.replacing(".jsonStream", with: ""), Array($0.value.utf8)) })
    for (topic, bytes) in changes { topics[topic] = bytes }
    return LiveSession(topics: topics)
  }

  @Test func `33: an error page with status 200, an empty file, only a byte order mark`() {
    for text in ["<!DOCTYPE html><html><body>503</body></html>", "", "\u{FEFF}", "\u{FEFF}  <html>", "\n\n\n"] {
      let session = session(["TrackStatus": Array(text.utf8)])
      #expect(session.laps().map(\.count) == [5, 5, 5, 5], "\(text)")
      #expect(session.reports.map(\.skipped).reduce(0, +) == (text.contains("<") ? 1 : 0))
    }
  }

  @Test func `33: lines of a megabyte, bytes that are no UTF-8, and NUL`() {
    let lines = Array((feed.files["TimingData.jsonStream"] ?? "").utf8)
    let long = Array("00:10:00.000{\"x\":\"\(String(repeating: "a", count: 1 << 20))\"}\r\n".utf8)
    let broken: [UInt8] = Array("00:10:00.000{\"Lines\":{\"".utf8) + [0xff, 0xfe, 0xc0] + Array("\":{}}}\r\n".utf8)
    let nul: [UInt8] = Array("00:10:00.000{".utf8) + [0, 0] + Array("}\r\n".utf8)
    let session = session(["TimingData": Array(lines.prefix(3)) + long + broken + nul + lines.dropFirst(3)])
    #expect(session.laps() == feed.files.session.laps())
    #expect(session.reports.map(\.skipped).reduce(0, +) == 1)
  }

  @Test func `33: numbers as strings and strings as numbers`() {
    let files = feed.files.changing("TimingData") { _, object in
      object.replacing(#/"NumberOfLaps":([0-9]+)/#) { "\"NumberOfLaps\":\"\($0.1)\"" }
    }.changing("TimingAppData") { _, object in
      object.replacing("\"StartLaps\":0", with: "\"StartLaps\":\"0\"").replacing(
        "\"New\":\"true\"", with: "\"New\":true"
      )
      .replacing("\"TyresNotChanged\":\"0\"", with: "\"TyresNotChanged\":0")
    }
    #expect(files.laps == feed.files.laps)
  }

  @Test func `33: a truncated gzip file costs its topic alone`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "timing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in feed.files {
      let packed = gzip(Array(text.utf8))
      let stored = name.hasPrefix("TrackStatus") ? Array(packed.dropLast(9)) : packed
      try Data(stored).write(to: folder.appending(path: name + ".gz"))
    }
    let session = try LiveSession(directory: folder.path)
    #expect(session.laps().map(\.count) == [5, 5, 5, 5])
    #expect(session.missingTopics.contains("TrackStatus"))
  }
}
