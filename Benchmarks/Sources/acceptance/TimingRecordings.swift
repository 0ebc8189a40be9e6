import Foundation
import Timing

/// A6: recordings of the live hub in every shape, against what is known of them.
func recordingFigures(_ data: TimingData) -> [TimingFigure] {
  let root = data.native + "/signalr/"
  var figures: [TimingFigure] = []
  for known in KnownRecording.all {
    let paths = known.files.map { root + known.folder + $0 }
    guard paths.allSatisfy({ FileManager.default.fileExists(atPath: $0) }),
      let session = try? LiveSession(recordings: paths, kind: known.kind)
    else { continue }
    let name = "a6." + known.name
    let report = session.reports.last
    figures.append(.all("\(name).accepted", report?.accepted ?? 0, of: known.accepted, "values"))
    figures.append(.all("\(name).skipped", report?.skipped ?? -1, of: known.skipped, "values"))
    let laps = session.laps()
    if let cars = known.cars {
      figures.append(.all("\(name).cars", laps.count { car in car.contains { $0.end != nil } }, of: cars, "cars"))
    }
    if let count = known.laps { figures.append(.all("\(name).laps", laps.joined().count, of: count, "laps")) }
    if let ends = known.lapEnds {
      figures.append(.all("\(name).lap_ends", session.announcedLapEnds, of: ends, "laps"))
    }
    if let times = known.lapTimes {
      let plain = session.laps([]).joined().count { $0.time != nil }
      let corrected = laps.joined().count { $0.time != nil }
      figures.append(
        .all("\(name).lap_times", plain, of: times, "laps", note: "without corrections; \(corrected) with them"))
    }
  }
  return figures + packedFigures(root)
}

/// The packed topic of a recording, unpacked.
private func packedFigures(_ root: String) -> [TimingFigure] {
  guard let data = FileManager.default.contents(atPath: root + "2023_Qatar_Sprint_recording.txt") else { return [] }
  let telemetry = LiveTelemetry(recorded: [[UInt8](data)], utcOrigin: 0)
  return [
    .all(
      "a6.qatar_sprint.packed_messages", telemetry.messages, of: 295, "messages",
      note: "\(telemetry.positions.count) cars, \(telemetry.damaged) damaged")
  ]
}

/// A recording and what is in it.
private struct KnownRecording: Sendable {
  let name: String
  var folder = ""
  let files: [String]
  let kind: SessionKind
  let accepted: Int
  let skipped: Int
  var cars: Int?
  var laps: Int?
  var lapEnds: Int?
  var lapTimes: Int?

  static let all = [
    KnownRecording(
      name: "qatar_sprint", files: ["2023_Qatar_Sprint_recording.txt"], kind: .sprint, accepted: 2_240, skipped: 2),
    KnownRecording(
      name: "imola_qualifying", folder: "2024_Imola_Qualifying/", files: ["subscribe.txt", "live.txt"],
      kind: .qualifying, accepted: 9_991, skipped: 0, cars: 20, laps: 286, lapTimes: 182),
    KnownRecording(
      name: "silverstone_practice", folder: "2024_Silverstone_Practice_1/", files: ["subscribe.txt", "live.txt"],
      kind: .fp1, accepted: 11_438, skipped: 0, cars: 19, lapEnds: 322),
    KnownRecording(
      name: "damaged", folder: "fastf1-livedata/", files: ["with_errors.txt"], kind: .race, accepted: 21, skipped: 30),
    KnownRecording(
      name: "imola_race_snapshot", folder: "2024_Imola_Race/", files: ["subscribe.txt"], kind: .race, accepted: 1,
      skipped: 0),
    KnownRecording(
      name: "imola_race_snapshot_packed", folder: "2024_Imola_Race/", files: ["subscribe_w_z.txt"], kind: .race,
      accepted: 1, skipped: 0),
    KnownRecording(
      name: "silverstone_race_snapshot", folder: "2024_Silverstone_Race/", files: ["subscribe.txt"], kind: .race,
      accepted: 1, skipped: 0),
  ]
}
