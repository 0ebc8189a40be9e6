import Testing

@testable import Timing

/// C15: a recording that begins in the middle of a session keeps the feed's own lap numbers.
@Suite struct JoinedMidwayTests {
  private let feed = MadeUpFeed(cars: 5, laps: 9, seed: 31)

  /// The recording from the middle of lap 4 on.
  private func halves() -> (whole: MadeUpRecording, cut: Int) {
    let recording = MadeUpRecording(feed.files, shape: .typed)
    let time = MadeUpFeed.started + feed.cars.map { $0.laps[0..<3].joined().reduce(0, +) }.max()! + 15_000
    let stamp = UTCText.text(MadeUpRecording.origin + time).dropLast()
    let cut = recording.values.firstIndex { $0.contains("\"DateTime\":\"\(stamp.prefix(17))") }
    return (recording, cut ?? recording.values.count / 3)
  }

  @Test func `without a state the laps after the join have the feed's numbers`() {
    let (recording, cut) = halves()
    let whole = LiveSession(recorded: [Array(recording.text.utf8)], kind: .race).laps()
    let part = LiveSession(
      recorded: [Array(recording.values[cut...].joined(separator: "\n").utf8)], kind: .race
    ).laps()
    #expect(part.count == 5)
    for car in part {
      guard let expected = whole.first(where: { $0.first?.number == car.first?.number }) else { continue }
      #expect(car.first.map { $0.lap > 3 } == true)
      #expect(car.last?.lap == 9)
      let times = Dictionary(uniqueKeysWithValues: expected.map { ($0.lap, $0.time) })
      for lap in car { #expect(times[lap.lap] == lap.time, "car \(lap.number) lap \(lap.lap)") }
    }
  }

  @Test func `with a state they begin after its count, on the tyres it names`() {
    let (recording, cut) = halves()
    let lines = feed.cars.map { car in
      "\"\(car.number)\":{\"NumberOfLaps\":3,\"InPit\":false,\"LastLapTime\":{\"Value\":\"1:11.111\"},\"Sectors\":[{}]}"
    }
    let sets = feed.cars.map { car in
      """
      "\(car.number)":{"Stints":[{"Compound":"HARD","StartLaps":0,"TotalLaps":2},\
      {"Compound":"SOFT","StartLaps":0,"TotalLaps":1}]}
      """
    }
    let state = """
      {
        "TimingData": {"Lines": {\(lines.joined(separator: ","))}},
        "TimingAppData": {"Lines": {\(sets.joined(separator: ","))}},
        "TrackStatus": {"Status": "1"}
      }
      """
    let live = recording.values[cut...].filter { !$0.contains("TimingAppData") }.joined(separator: "\n")
    let session = LiveSession(recorded: [Array(state.utf8), Array(live.utf8)], kind: .race)
    let laps = session.laps()
    #expect(laps.count == 5)
    #expect(laps.joined().allSatisfy { $0.lap > 3 && $0.time != 71_111 })
    #expect(laps.allSatisfy { $0.last?.lap == 9 })
    #expect(laps.joined().allSatisfy { $0.compound == "SOFT" && $0.stint == 2 })
    // One lap was on the set when three were driven.
    #expect(laps.joined().allSatisfy { $0.tyreLife == $0.lap - 2 })
  }
}
