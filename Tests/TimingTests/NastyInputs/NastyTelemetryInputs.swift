import CZlib
import FoundationEssentials
import Testing

@testable import Timing

/// Packed topics, and input 25 of the list of nasty inputs.
@Suite struct NastyTelemetryInputs {
  private static func packed(_ json: String) -> String {
    Data(gzip(Array(json.utf8), window: -MAX_WBITS)).base64EncodedString()
  }

  private static func car(_ time: Int, _ channels: String) -> String {
    "{\"Utc\":\"\(UTCText.text(1_700_000_000_000 + time))\",\"Cars\":{\"11\":{\"Channels\":{\(channels)}}}}"
  }

  @Test func `a packed text is unpacked, a damaged one is not`() {
    let text = Self.packed("{\"a\":1}")
    #expect(PackedTopic.unpacked(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } == "{\"a\":1}")
    for damaged in ["", "!!!", String(text.dropLast(6)), "AAAA", "x" + text] {
      #expect(PackedTopic.unpacked(Array(damaged.utf8)) == nil, "\(damaged)")
    }
    #expect(inflateRaw(gzip([UInt8](repeating: 65, count: 1 << 20), window: -MAX_WBITS), limitBytes: 1_000) == nil)
  }

  @Test func `25: a channel that is gone, and a status that is a number`() throws {
    let cars = Self.packed(
      "{\"Entries\":[\(Self.car(1_000, "\"0\":11000,\"2\":301,\"3\":8,\"4\":100,\"5\":0,\"45\":12")),"
        + "\(Self.car(1_240, "\"0\":\"10500\",\"2\":250,\"3\":6,\"4\":0,\"5\":100"))]}")
    let places = Self.packed(
      "{\"Position\":[{\"Timestamp\":\"\(UTCText.text(1_700_000_001_100))\",\"Entries\":{"
        + "\"11\":{\"Status\":\"OnTrack\",\"X\":-120,\"Y\":340,\"Z\":7},\"12\":{\"Status\":1,\"X\":1,\"Y\":2,\"Z\":3},"
        + "\"13\":{\"Status\":\"OffTrack\",\"X\":\"4\",\"Y\":5},\"x\":{}}}]}")
    let telemetry = LiveTelemetry(topics: [
      "CarData.z": Array("\u{FEFF}00:00:01.240\"\(cars)\"\r\n00:00:02.000\"broken\"\r\n00:00:03.000{}\r\n".utf8),
      "Position.z": Array("\u{FEFF}00:00:01.300\"\(places)\"\r\n".utf8),
    ])
    #expect(telemetry.utcOrigin == 1_700_000_000_000)
    #expect((telemetry.messages, telemetry.damaged) == (2, 2))
    let samples = try #require(telemetry.cars[11])
    #expect(samples.map(\.speed) == [301, 250])
    #expect(samples.map(\.drs) == [12, nil])
    #expect(samples.map(\.isBraking) == [false, true])
    #expect(samples.map(\.rpm) == [11_000, 10_500])
    #expect(telemetry.positions[11]?.first == PositionSample(time: 1_100, isOnTrack: true, x: -120, y: 340, z: 7))
    #expect(telemetry.positions[12]?.first?.isOnTrack == false)
    #expect(telemetry.positions[13]?.first?.isOnTrack == false)

    var lap = SessionLap(number: 11, lap: 1)
    (lap.start, lap.end) = (900, 1_200)
    let trace = try #require(telemetry.traces([lap, SessionLap(number: 11, lap: 2)]).first)
    #expect(trace.samples.map(\.time) == [1_000])
    #expect(trace.positions.map(\.x) == [-120])
  }

  @Test(.enabled(if: RaceData.isPresent, RaceData.missing)) func `a real recording's places are unpacked whole`() throws
  {
    let file = try InputFile(path: RaceData.native + "/signalr/2023_Qatar_Sprint_recording.txt")
    let session = LiveSession(recorded: [file.bytes], kind: .sprint)
    let telemetry = LiveTelemetry(recorded: [file.bytes], utcOrigin: try #require(session.utcOrigin))
    #expect((telemetry.messages, telemetry.damaged) == (295, 0))
    #expect(telemetry.positions.count >= 20)
    #expect(telemetry.positions.values.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0.time <= $1.time } })
  }
}
