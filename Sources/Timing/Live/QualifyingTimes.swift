/// The best laps of the parts of a qualifying, found from the laps themselves.
public struct QualifyingTimes: Sendable, Equatable {
  /// Where each part begins: the first start after the end of the part before.
  public let partStarts: [Int]
  /// Best laps by car number, one for each part; nil where the car set no time.
  public let bests: [Int: [SessionLap?]]

  /// The parts told by those announcements.
  public init(laps: [[SessionLap]], announcements: [(time: Int, status: String)]) {
    var starts: [Int] = []
    var isOver = true
    for announcement in announcements {
      if announcement.status == "Finished" { isOver = true }
      guard isOver, announcement.status == "Started" else { continue }
      starts.append(announcement.time)
      isOver = false
    }
    partStarts = starts
    var bests: [Int: [SessionLap?]] = [:]
    for car in laps {
      guard let number = car.first?.number else { continue }
      var own = [SessionLap?](repeating: nil, count: starts.count)
      for lap in car where QualifyingTimes.counts(lap) {
        guard let start = lap.start, let part = starts.lastIndex(where: { $0 <= start }) else { continue }
        if let best = own[part]?.time, let time = lap.time, best <= time { continue }
        own[part] = lap
      }
      bests[number] = own
    }
    self.bests = bests
  }

  private static func counts(_ lap: SessionLap) -> Bool {
    guard lap.pitIn == nil, lap.pitOut == nil, lap.isDeleted != true, let time = lap.time, let sum = lap.sectorSum
    else { return false }
    return abs(sum - time) <= 3
  }
}

extension LiveSession {
  /// The best laps of each part; nil where the session is no qualifying.
  public func qualifyingTimes(_ laps: [[SessionLap]]) -> QualifyingTimes? {
    guard kind.isQualifyingLike else { return nil }
    return QualifyingTimes(laps: laps, announcements: topics.statuses)
  }
}
