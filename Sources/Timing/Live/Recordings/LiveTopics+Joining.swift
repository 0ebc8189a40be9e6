/// What a recording that begins in the middle of a session tells of what came before.
extension LiveTopics {
  /// Takes the state of a topic in; false where it is malformed.
  mutating func join(_ topic: String, _ time: Int, _ object: inout JSONScanner) -> Bool {
    switch topic {
    case "TimingData", "TimingDataF1": return timing.join(time, &object)
    case "TimingAppData":
      guard read(topic, time, &object) else { return false }
      keepCurrentSets()
      return true
    default: return read(topic, time, &object)
    }
  }

  /// Takes the state of a topic in that is told again when the feed comes back; false where it is malformed.
  mutating func rejoin(_ topic: String, _ time: Int, _ object: inout JSONScanner) -> Bool {
    switch topic {
    case "TimingData", "TimingDataF1": timing.rejoin(time, &object)
    default: read(topic, time, &object)
    }
  }

  /// Recordings have no topic for the session's status: SessionData tells it, and the track's status from before the
  /// recording.
  mutating func completeStatuses(origin: Int) {
    let series = sessionData["StatusSeries"]?.indexed ?? []
    var told: [(time: Int, status: String)] = []
    var tracks: [(time: Int, code: String)] = []
    for (_, entry) in series {
      guard let utc = entry["Utc"]?.string.flatMap(UTCText.instant) else { continue }
      if let status = entry["SessionStatus"]?.string { told.append((utc - origin, status)) }
      if let code = entry["TrackStatus"]?.string.flatMap(LiveTopics.trackCode) { tracks.append((utc - origin, code)) }
    }
    if statuses.isEmpty { statuses = told.sorted { $0.time < $1.time } }
    let first = trackStatuses.first?.time ?? .max
    let earlier = tracks.filter { $0.time < first }.sorted { $0.time < $1.time }
    // The state repeats the last change from before the recording, later than it was.
    if let last = earlier.last, last.code == trackStatuses.first?.code { trackStatuses.removeFirst() }
    trackStatuses = earlier + trackStatuses
  }

  private static func trackCode(_ word: String) -> String? {
    switch word {
    case "AllClear": "1"
    case "Yellow": "2"
    case "SCDeployed": "4"
    case "Red": "5"
    case "VSCDeployed": "6"
    case "VSCEnding": "7"
    default: nil
    }
  }
}

extension TimingDataTopic {
  /// What is known of a car at the moment from which it is recorded.
  struct Joining: Sendable, Equatable {
    /// Laps that it had completed.
    var laps: Int
    /// It had left the pit lane.
    var hasLeft: Bool
  }
}

extension TimingDataTopic.Car {
  /// What is known of the car at the beginning of a recording: from its state, else guessed from what is said first.
  var joining: TimingDataTopic.Joining {
    if let state { return state }
    let firstCount = patches.lazy.compactMap(\.lapCount).first.map { Int($0) }
    let laps = max(0, (firstCount ?? 1) - 1)
    return TimingDataTopic.Joining(laps: laps, hasLeft: laps > 0 || isFirstSeenOnTrack)
  }

  /// A car that is in the pits without having driven was there all the time; one that drove came from the track.
  private var isFirstSeenOnTrack: Bool {
    guard let index = patches.firstIndex(where: { $0.isInPit != nil }) else { return true }
    return patches[index].isInPit == true && patches[..<index].contains { $0.saysThatItDrove }
  }
}

extension CarPatch {
  fileprivate var saysThatItDrove: Bool {
    if case .value = lastLap { return true }
    return lapCount != nil || sector1 != nil || sector2 != nil || sector3 != nil || speedI1 != nil || speedI2 != nil
      || speedFL != nil || speedST != nil
  }
}
