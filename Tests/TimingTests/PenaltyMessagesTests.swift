import Racing
import Testing

@testable import Timing

@Suite struct PenaltyMessagesTests {
  @Test func `time penalties count once, whoever announces them`() {
    var messages = PenaltyMessages()
    messages.read("5 SECOND TIME PENALTY FOR CAR 27 (HUL) - CAUSING A COLLISION", lap: 5)
    messages.read("FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 27 (HUL) - CAUSING A COLLISION ", lap: 6)
    messages.read("FIA STEWARDS: 10 SECOND TIME PENALTY FOR CAR 27 (HUL) - SERVING PENALTY INCORRECTLY ", lap: 64)
    #expect(
      messages.penalties(car: 27) == [Penalty(lap: 5, milliseconds: 5_000), Penalty(lap: 64, milliseconds: 10_000)])
    #expect(messages.penalties(car: 2).isEmpty)
  }

  @Test(arguments: [
    "FIA STEWARDS: PENALTY SERVED - 5 SECOND TIME PENALTY FOR CAR 27 (HUL)",
    "10 SECOND STOP/GO PENALTY FOR CAR 27 (HUL)", "DRIVE THROUGH PENALTY FOR CAR 27 (HUL)", "5 SECOND TIME PENALTY", "",
    "X SECOND TIME PENALTY FOR CAR 27 (HUL)", "5 SECOND TIME PENALTY FOR CAR HUL",
  ])
  func `other messages are none`(text: String) {
    var messages = PenaltyMessages()
    messages.read(text, lap: 1)
    #expect(messages.penalties(car: 27).isEmpty)
  }
}
