import TestSupport
import Testing

@testable import Timing

/// Values one by one: the four shapes, and what is wrong with damaged ones.
@Suite struct RecordedValueTests {
  private func read(_ text: String) -> Recording { Recording(Array(text.utf8), input: "x") }

  @Test(arguments: [
    "['Heartbeat', {'_kf': True}, '2024-05-18T13:59:11.3884546Z']",
    "[\"Heartbeat\", {\"_kf\": true}, \"2024-05-18T13:59:11.3884546+00:00\"]",
    "{ \"H\": \"Streaming\", \"M\": \"feed\", \"A\": [\"Heartbeat\",{\"_kf\": true},\"2024-05-18T13:59:11.3884546Z\" ]}",
    "{\"Type\":\"Heartbeat\",\"Json\":{\"_kf\":true},\"DateTime\":\"2024-05-18T13:59:11.3884546+00:00\"}",
    "{\"H\":\"Streaming\",\n \"A\":[\n \"Heartbeat\",\n {\"_kf\":true},\n \"2024-05-18T13:59:11.3884546Z\"]\n}\n",
  ])
  func `a message in each shape`(text: String) {
    let recording = read(text)
    #expect(recording.messages.map(\.topic) == ["Heartbeat"])
    #expect(recording.messages.first?.stamp == 17_160_407_513_884_546)
    #expect(recording.report.accepted == 1)
  }

  /// Input 23, each on a line between two that are good.
  @Test(arguments: [
    "['CarData.z', ]", "['CarData.z',]", "['CarData.z']", "\"whatever\"", "whatever {",
    "['Heartbeat', {'_kf': True}, '2021-03-28T14:52:32.124219Z'",
    "['RaceControlMessages', 06', 'Lap': 1, 'Category': 'Drs'}, '2021-03-28T14:57:05.795Z']",
    "['TimingAppData', {'Lines': {}}]", "['TrackStatus', {}, '2021-0341.297Z']",
    "['TimingData', {'Lines': {'10': {}}, '2021-03-28T15:00:18.342Z']",
    "['TimingData', {'Lines': {}}, '2023-10-07T17:34:363Z']", "['TimingData', {'a': 1}, '2023-10-07T17:34:36.07Z'.02]",
    "['WeatherData', '2021-03-28T14:56:43.048Z']", "['A', {}, '2021-03-28T14:56:43.048Z', 1]",
    "{\"Type\":\"Heartbeat\",\"Json\":{\"_kf\":true},\"DateTime\":\"today\"}", "{\"a\":1}", "{\"Type\":\"Heartbeat\"",
    "['Heartbeat', {'text': 'not closed}, '2021-03-28T14:52:32Z']", "['Heartbeat', {'a': tru}, '2021-03-28T14:52:32Z']",
    "[[[[", "{\"Lines\":{\"1\":", "['Heartbeat', null, '2021-03-28T14:52:32Z']",
  ])
  func `what is damaged is skipped alone`(line: String) {
    let good = "['Heartbeat', {'_kf': True}, '2021-03-28T14:52:32.124219Z']"
    let recording = read("\(good)\n\(line)\n\(good)\n")
    #expect(recording.messages.count == 2, "\(recording.report.skips)")
    #expect(recording.report.skipped == 1, "\(recording.report.skips)")
    #expect(recording.report.skips.first?.line == 2)
    #expect(recording.report.skips.first?.byteOffset == good.utf8.count + 1)
  }

  @Test func `apostrophes, escapes and None are Python's`() throws {
    let recording = read(
      #"""
      ['RaceControlMessages', {'Messages': {'3': {'Message': "DRIVERS' BRIEFING", 'Flag': None}}}, '2021-03-28T14:57:05Z']
      ['RaceControlMessages', {'Messages': {'4': {'Message': 'O\'WARD \xe9 \u2192 \U0001f3c1 \\ done'}}}, '2021-03-28T14:57:06Z']

      """#)
    let texts = recording.messages.compactMap { message in
      JSONValue(message.payload)?["Messages"]?.indexed.first?.value["Message"]?.string
    }
    #expect(texts == ["DRIVERS' BRIEFING", "O'WARD é → 🏁 \\ done"])
  }

  @Test func `a state over many lines, and states with empty stamps`() {
    let state = "{\n  \"Heartbeat\": {\n    \"_kf\": true\n  },\n  \"CarData.z\": \"abc\",\n  \"SessionInfo\": {}\n}"
    let recording = read("\u{FEFF}\(state)\n['TrackStatus', '{\"Status\": \"1\"}', '']\n")
    #expect(recording.states.map(\.topic) == ["Heartbeat", "CarData.z", "SessionInfo", "TrackStatus"])
    #expect(recording.states.last.map { String(decoding: $0.payload, as: UTF8.self) } == "{\"Status\": \"1\"}")
    #expect(recording.report.lines == 2)
    #expect(recording.report.skipped == 0)
  }

  @Test func `a value without an end is cut off at a limit`() {
    var recording = Recording(input: "x")
    recording.take(Array("{\"a\":\"".utf8))
    for _ in 0..<10 { recording.take([UInt8](repeating: 0x61, count: 1 << 20)) }
    recording.take(Array("\"}\n['Heartbeat', {}, '2021-03-28T14:52:32Z']\n".utf8))
    recording.finish()
    #expect(recording.messages.count == 1)
    #expect(recording.report.skipped >= 1)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `damaged bytes never stop the reader and cost little`(seed: UInt64) {
    let whole = Array(MadeUpRecording(MadeUpFeed(cars: 4, laps: 5, seed: seed).files, shape: .lists).text.utf8)
    let count = read(String(decoding: whole, as: UTF8.self)).messages.count
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      var bytes = whole
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      let recording = Recording(bytes, input: "x")
      #expect(recording.messages.count >= count - 2)
      _ = LiveSession(recorded: [bytes]).laps()
    }
  }
}
