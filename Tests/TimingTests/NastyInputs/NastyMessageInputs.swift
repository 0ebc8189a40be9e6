import Testing

@testable import Timing

/// Race control's messages, numbered as in the list of nasty inputs.
@Suite struct NastyMessageInputs {
  private let feed = MadeUpFeed(cars: 3, laps: 5, seed: 80)

  private func message(_ text: String) -> String {
    "{\"Utc\":\"2023-05-07T13:10:00\",\"Lap\":3,\"Category\":\"Other\",\"Message\":\"\(text)\"}"
  }

  private func files(_ bodies: [String]) -> [String: String] {
    bodies.enumerated().reduce(feed.files) { files, body in
      files.adding("RaceControlMessages", at: 4_000_000 + body.offset * 1_000, body.element)
    }
  }

  private func clock(_ time: Int) -> String {
    "\(time / 60_000):\(String(String(time / 1_000 % 60 + 100).dropFirst())).\(String(String(time % 1_000 + 1_000).dropFirst()))"
  }

  @Test func `2 and 21: messages come as a list first and by index later`() throws {
    let files = files([
      "{\"Messages\":[\(message("ONE"))]}", "{\"Messages\":{\"1\":\(message("TWO"))}}",
      "{\"Messages\":{\"2\":{\"Utc\":\"soon\",\"Message\":\"THREE\"},\"x\":{},\"3\":{}}}",
    ])
    let messages = try #require(files.session.messages)
    #expect(messages.map(\.text) == ["ONE", "TWO", "THREE"])
    #expect(messages[0].utcMilliseconds == UTCText.instant("2023-05-07T13:10:00Z"))
    #expect(messages[2].utcMilliseconds == nil)
  }

  @Test(arguments: [
    ("TIME %T DELETED - TRACK LIMITS AT TURN 4", true),
    ("TIME %T DELETED - TRACK LIMITS AT TURN 4 LAP 3 15:04:05", true),
    ("TIME %T DELETED - DOUBLE YELLOW AT TURN 2", true), ("TIME %T DELETED - TRACK LIMITS AT TURN 4 (NEXT LAP)", true),
    ("LAP DELETED - TRACK LIMITS AT TURN 9 LAP 3 15:04:05", true),
    ("LAP DELETED - TRACK LIMITS AT TURN 9 LAP 3 15:04:05 (PIT)", true), ("TIME %T NOTED - TRACK LIMITS", false),
    ("TIME 59:59.999 DELETED - TRACK LIMITS", false),
  ])
  func `21: deletions in all their forms`(text: String, isDeleted: Bool) throws {
    let time = feed.cars[1].laps[2].reduce(0, +)
    let words = "CAR 11 (AAB) " + text.replacing("%T", with: clock(time))
    let lap = try #require(files(["{\"Messages\":[\(message(words))]}"]).laps[11]?[2])
    #expect(lap.isDeleted == isDeleted)
    #expect(!lap.deletionReason.contains("15:04:05"))
  }

  @Test func `21: what is reinstated counts again`() {
    let time = clock(feed.cars[1].laps[2].reduce(0, +))
    let texts = ["CAR 11 (AAB) TIME \(time) DELETED - TRACK LIMITS", "CAR 11 (AAB) TIME \(time) WILL BE REINSTATED"]
    let files = files(texts.enumerated().map { "{\"Messages\":{\"\($0.offset)\":\(message($0.element))}}" })
    #expect(files.laps[11]?.allSatisfy { $0.isDeleted == false } == true)
    #expect(feed.files.laps[11]?.allSatisfy { $0.isDeleted == nil } == true)
  }
}
