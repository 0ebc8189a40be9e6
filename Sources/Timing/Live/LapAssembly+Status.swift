/// What depends on the track's status and on the announcements about the session.
extension LapAssembly {
  /// M8: every status that a lap met, in order.
  func setTrackStatus(_ laps: inout [SessionLap]) {
    for index in laps.indices { laps[index].trackStatus = trackStatus(of: laps[index]) }
  }

  private func trackStatus(of lap: SessionLap) -> String {
    var codes = ""
    for (index, change) in tables.trackStatuses.enumerated() {
      let next = index + 1 < tables.trackStatuses.count ? tables.trackStatuses[index + 1].time : nil
      guard LapAssembly.meets(lap, from: change.time, until: next), !codes.contains(change.code) else { continue }
      codes += change.code
    }
    return codes
  }

  private static func meets(_ lap: SessionLap, from time: Int, until next: Int?) -> Bool {
    guard let next else { return lap.end.map { $0 >= time } ?? false }
    if let end = lap.end, end >= time, end <= next { return true }
    guard let start = lap.start else { return false }
    if start >= time, start <= next { return true }
    return start <= time && lap.end.map { next <= $0 } ?? false
  }

  /// M9: a speed that was not sent again is the one before.
  static func carrySpeeds(_ laps: inout [SessionLap]) {
    var latest = SessionLap(number: 0, lap: 0)
    for index in laps.indices {
      let lap = laps[index]
      latest.speedI1 = lap.speedI1 ?? latest.speedI1
      latest.speedI2 = lap.speedI2 ?? latest.speedI2
      latest.speedST = lap.speedST ?? latest.speedST
      latest.speedFL = lap.speedFL ?? latest.speedFL
      if lap.isGenerated || lap.trackStatus.contains("5") { continue }
      laps[index].speedI1 = latest.speedI1
      laps[index].speedI2 = latest.speedI2
      laps[index].speedST = latest.speedST
      if lap.pitIn == nil { laps[index].speedFL = latest.speedFL }
    }
  }

  /// C1 where the messages cannot be asked: the sectors agree with the lap's ends. Returns the laps it gave a time.
  func acceptSectorSums(_ laps: inout [SessionLap]) -> [LapDeletions.Key] {
    guard tables.isIntermediate, corrections.contains(.longLaps), tables.kind.isRaceLike else { return [] }
    return LapAssembly.acceptSectorSums(&laps)
  }

  /// Gives laps without a time the sum of their sectors where their ends agree with it. Returns those laps.
  static func acceptSectorSums(_ laps: inout [SessionLap]) -> [LapDeletions.Key] {
    var accepted: [LapDeletions.Key] = []
    for index in laps.indices.dropFirst() where laps[index].time == nil && !laps[index].isGenerated {
      guard laps[index].lap >= 2, let sum = laps[index].sectorSum, let end = laps[index].end,
        let before = laps[index - 1].end, abs(end - before - sum) <= 250
      else { continue }
      laps[index].time = sum
      accepted.append(LapDeletions.Key(laps[index]))
    }
    return accepted
  }

  /// M10.
  func judge(_ laps: inout [SessionLap]) {
    for index in laps.indices {
      laps[index].isAccurate = isAccurate(laps[index], after: index > 0 ? laps[index - 1] : nil)
    }
  }

  private func isAccurate(_ lap: SessionLap, after before: SessionLap?) -> Bool {
    guard lap.pitIn == nil, lap.pitOut == nil, !lap.isGenerated, ["1", "2", "12", "21"].contains(lap.trackStatus),
      let time = lap.time, let sum = lap.sectorSum, abs(sum - time) <= 3, before?.trackStatus != "4"
    else { return false }
    guard let end = lap.end, let start = before?.end else { return true }
    return abs(end - start - time) <= 3
  }

  /// M12: the lap on which a car stopped, where it did.
  func lapOfStoppedCar(_ laps: [SessionLap]) -> SessionLap? {
    guard let last = laps.last, !last.isGenerated, let end = last.end, last.pitIn == nil else { return nil }
    // Without a total nobody who was recorded to the end can be told from one who stopped.
    if tables.isRecording, tables.kind.isRaceLike, tables.totalLaps == nil { return nil }
    let highest = laps.map(\.lap).max() ?? 0
    if let total = tables.totalLaps, highest == total || laps.count >= total { return nil }
    let finishes = tables.statuses.filter { $0.status == "Finished" }
    if finishes.contains(where: { $0.time < end }) || !finishes.contains(where: { $0.time >= end }) { return nil }
    if laps.count > 1, laps[laps.count - 2].pitIn != nil, last.pitOut == nil { return nil }
    let next = tables.statuses.first { $0.time > end }
    var lap = SessionLap(number: last.number, lap: last.lap + 1)
    lap.start = end
    lap.end = next?.status == "Aborted" ? next?.time : end + 150_000
    lap.stint = last.stint
    lap.compound = last.compound
    lap.tyreLife = last.tyreLife.map { $0 + 1 }
    lap.isFreshTyre = last.isFreshTyre
    lap.tyreSet = last.tyreSet
    lap.isGenerated = true
    lap.isPersonalBest = nil
    lap.trackStatus = trackStatus(of: lap)
    return lap
  }
}
