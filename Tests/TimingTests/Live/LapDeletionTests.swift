import Testing

@testable import Timing

/// What race control takes away and gives back.
@Suite struct LapDeletionTests {
  private static func message(_ text: String) -> RaceControlMessage {
    RaceControlMessage(
      utcMilliseconds: nil, sessionMilliseconds: 0, lap: nil, category: "Other", flag: nil, scope: nil, sector: nil,
      number: nil, status: nil, mode: nil, text: text)
  }

  private static func lap(_ number: Int, _ lap: Int, _ time: Int?) -> SessionLap {
    var made = SessionLap(number: number, lap: lap)
    made.time = time
    return made
  }

  private static func deleted(_ texts: [String], _ laps: [SessionLap], kind: SessionKind = .race) -> [Bool] {
    var cars = [laps]
    LapDeletions(texts.map(message), kind: kind, readsEverything: true).mark(&cars)
    return cars[0].map { $0.isDeleted == true }
  }

  @Test func `a deleted time marks the lap that was driven in it`() {
    let laps = [Self.lap(26, 4, 69_375), Self.lap(26, 5, 69_376)]
    let text = "CAR 26 (KVY) TIME 1:09.375 DELETED - TRACK LIMITS AT TURN 10 LAP 4 13:21:08"
    #expect(Self.deleted([text], laps) == [true, false])
    #expect(Self.deleted([text.replacing("CAR 26", with: "CAR 27")], laps) == [false, false])
  }

  @Test func `times of ten minutes are read as well`() {
    let laps = [Self.lap(5, 2, 612_345)]
    #expect(Self.deleted(["CAR 5 (VET) TIME 10:12.345 DELETED - TRACK LIMITS"], laps) == [true])
  }

  @Test func `a whole lap is deleted by its number, which qualifying counts one higher`() {
    let laps = [Self.lap(12, 6, 80_000), Self.lap(12, 7, 81_000)]
    let text = "CAR 12 (ANT) LAP DELETED - TRACK LIMITS AT TURN 4 LAP 7 14:02:11"
    #expect(Self.deleted([text], laps) == [false, true])
    #expect(Self.deleted([text], laps, kind: .qualifying) == [true, false])
  }

  @Test func `what is reinstated is not deleted`() {
    let laps = [Self.lap(4, 3, 82_333)]
    let deletion = "CAR 4 (NOR) TIME 1:22.333 DELETED - TRACK LIMITS AT TURN 9"
    #expect(Self.deleted([deletion], laps) == [true])
    #expect(Self.deleted([deletion, "CAR 4 (NOR) TIME 1:22.333 WILL BE REINSTATED"], laps) == [false])
  }

  @Test func `the reason comes without the clock of the place`() {
    let deletion = LapDeletions.deletion(
      "CAR 26 (KVY) TIME 1:09.375 DELETED - TRACK LIMITS AT TURN 10 13:21:08", readsEverything: true)
    #expect(deletion?.reason == "TRACK LIMITS AT TURN 10 ")
  }
}
