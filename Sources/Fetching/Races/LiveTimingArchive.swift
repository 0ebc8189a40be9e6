import Timing

/// The archive of live timing: the season's index leads to the session, the session's index to its topics.
struct LiveTimingArchive: Sendable {
  let bases: [BaseAddress]
  let wish: RaceWish

  /// Topics without which laps, tyres, the start or the cars are unknown. Where one of them fails to come for a reason
  /// that passes, the source is left out rather than taken in half.
  private static let essential: Set = [
    "TimingData", "TimingAppData", "SessionInfo", "DriverList", "SessionStatus", "TrackStatus", "LapCount",
  ]

  func gather(_ harvest: inout Harvest) async throws(Harvest.Failure) {
    let bytes = try await harvest.need(
      "season index",
      requests("\(wish.season)/Index.json", .json { SeasonIndex($0) == nil ? "this is no index of a season" : nil }))
    guard let index = SeasonIndex(bytes) else { throw .nothing("the season's index cannot be read") }
    guard let meeting = index.meeting(slug: wish.slug) else {
      throw .unknownRace(known: index.meetings.compactMap(\.slug))
    }
    harvest.round = index.round(of: meeting)
    guard let path = meeting.race?.path else { throw .nothing("no race was held, or its files are not listed") }
    guard let folder = Self.folder(path) else { throw .nothing("the index names a path that leads elsewhere") }
    try await topics(in: folder, &harvest)
  }

  private func topics(in folder: String, _ harvest: inout Harvest) async throws(Harvest.Failure) {
    let listed = try await sessionIndex(folder, &harvest)
    var hasLaps = false
    for topic in LiveSession.topicNames {
      if topic == LiveSession.lapTopics[1], hasLaps { continue }
      let name = listed?.feeds[topic]?.stream ?? "\(topic).jsonStream"
      if let listed, listed.feeds[topic] == nil {
        if !LiveSession.optionalTopics.contains(topic) {
          harvest.report.gaps.append(.init(name: topic, reason: "not there"))
        }
        continue
      }
      do throws(Harvest.Failure) {
        _ = try await harvest.need(topic, as: "\(topic).jsonStream", requests("\(folder)/\(name)", .stream))
        hasLaps = hasLaps || LiveSession.lapTopics.contains(topic)
      } catch {
        guard case .fetch(let failure) = error, failure.reason != .cancelled else { throw error }
        if Self.essential.contains(topic), failure.reason.isPassing { throw error }
        if !LiveSession.optionalTopics.contains(topic) { harvest.lack(topic, failure) }
      }
    }
    if !hasLaps { throw .nothing("there is no TimingData, from which laps are made") }
  }

  /// What the session's index lists; nil where it does not come, so that topics are asked for by their usual names.
  private func sessionIndex(_ folder: String, _ harvest: inout Harvest) async throws(Harvest.Failure) -> SessionIndex? {
    do throws(Harvest.Failure) {
      let expected = Expectation.json { SessionIndex($0) == nil ? "this is no index of a session" : nil }
      return SessionIndex(try await harvest.need("session index", requests("\(folder)/Index.json", expected)))
    } catch {
      if error.isCancelled { throw error }
      return nil
    }
  }

  private func requests(_ path: String, _ expectation: Expectation) -> [BodyRequest] {
    bases.map { BodyRequest(base: $0, path: path, expectation: expectation, pace: NetworkSource.liveTiming.pace) }
  }

  /// The index's path, encoded for an address, without a slash at its end; nil where it leads out of the archive.
  static func folder(_ path: String) -> String? {
    let parts = path.split(separator: "/")
    guard !parts.isEmpty, !parts.contains(where: { $0 == ".." || $0 == "." }) else { return nil }
    return parts.map(encoded).joined(separator: "/")
  }

  private static func encoded(_ part: Substring) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = part.utf8.flatMap { byte -> [UInt8] in
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      return isPlain || "-_.~".utf8.contains(byte) ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
