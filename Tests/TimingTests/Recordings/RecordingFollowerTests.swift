import Racing
import Testing

@testable import Timing

/// A recording read while it is written.
@Suite struct RecordingFollowerTests {
  private let feed = MadeUpFeed(cars: 4, laps: 6, seed: 61)

  @Test(arguments: MadeUpRecording.Shape.allCases)
  func `laps come one after the other, and at the end they are those of the whole`(shape: MadeUpRecording.Shape) {
    let bytes = Array(MadeUpRecording(feed.files, shape: shape).text.utf8)
    var follower = RecordingFollower()
    var counts: [Int] = []
    for start in stride(from: 0, to: bytes.count, by: 700) {
      follower.take(Array(bytes[start..<min(start + 700, bytes.count)]))
      if let session = follower.update() { counts.append(session.laps().joined().count { $0.time != nil }) }
    }
    #expect(counts.count > 10)
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(follower.update() == nil)
    #expect(follower.session.laps() == LiveSession(recorded: [bytes]).laps())
    #expect(follower.report.skipped == 0)
  }

  @Test func `half a race is a race record already`() throws {
    let recording = MadeUpRecording(feed.files, shape: .hub)
    var follower = RecordingFollower()
    follower.take(Array(recording.values.prefix(recording.values.count / 2).joined(separator: "\n").utf8))
    let half = try follower.session.race(named: nil).record
    follower.take(Array(("\n" + recording.values.dropFirst(recording.values.count / 2).joined(separator: "\n")).utf8))
    follower.take([UInt8(ascii: "\n")])
    let whole = try follower.session.race(named: nil).record
    #expect(half.lapCount < whole.lapCount)
    #expect(whole.lapCount == 6)
  }
}
