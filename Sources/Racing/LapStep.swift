extension Course {
  /// The earliest end of a lap that cannot be beaten by driving alone: pace, pit lane and safety car, without traffic.
  @inline(__always)
  func clearEnd(_ facts: LapFacts, lap: Int, from start: Int64, slot: Int, wear: Int, outLap: Bool, mode: PaceMode)
    -> Int64
  {
    var end = start + Int64(pace[(lap * slotCount + slot) * wearCount + wear])
    if outLap { end += facts.outPart }
    if mode != .normal && facts.kind.isRacing { end += mode.lapMilliseconds }
    return end
  }

  /// The end of a lap for a car that began it at `start` and would end it at `clear` alone on the track.
  ///
  /// Non-decreasing in both times. The latest rival that cannot be passed decides, because the gap never grows faster
  /// than the advantage; of the rivals that can be passed the latest one decides.
  @inline(__always)
  func endInTraffic(_ facts: LapFacts, start: Int64, clear: Int64) -> Int64 {
    var low = facts.first
    var count = facts.count
    while count > 0 {
      let half = count >> 1
      if Int64(starts[low + half]) < start {
        low += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    guard low > facts.first else { return clear }
    let nearest = obstacles[low - 1]
    if facts.kind.isNeutralised { return max(clear, Int64(nearest.latestEnd) + Self.neutralisedGap) }
    let reach = clear - follow.range
    guard Int64(nearest.latestEnd) > reach else { return clear }
    var end = clear
    let passing = clear + facts.theta
    if Int64(nearest.latestSolidEnd) >= passing {
      end = max(end, min(clear + Self.passCost, Int64(nearest.latestSolidEnd) - Self.passMargin))
    }
    var blocker = reach
    var index = low - 1
    while true {
      let rivalEnd = Int64(obstacles[index].end)
      if rivalEnd < passing && rivalEnd > blocker { blocker = rivalEnd }
      if index == facts.first || Int64(obstacles[index - 1].latestEnd) <= blocker { break }
      index -= 1
    }
    return blocker > reach ? max(end, blocker + follow.gap(clear - blocker)) : end
  }

  /// The end of a red lap: the car keeps its place in the queue of the real race. Alone on the track it stands still.
  func endUnderRed(_ facts: LapFacts, start: Int64) -> Int64 {
    guard facts.redEndCount > 0 else { return start }
    var ahead = 0
    for index in facts.first..<facts.first + facts.count where Int64(redStarts[index]) < start { ahead += 1 }
    return Int64(redEnds[facts.redEndFirst + min(ahead, facts.redEndCount - 1)])
  }

  /// The end of a lap. `wear` is the wear at the end of the lap, `extra` a loss that is known, such as a crew's. Non-decreasing
  /// in `start`.
  ///
  /// - Complexity: O(log cars) and a short scan of the cars nearby.
  @inline(__always)
  func end(
    ofLap lap: Int, from start: Int64, slot: Int, wear: Int, outLap: Bool, pits: Bool, mode: PaceMode, freeAir: Bool,
    extra: Int64 = 0
  ) -> Int64 {
    let facts = laps[lap]
    if facts.kind == .red { return endUnderRed(facts, start: start) }
    var clear = clearEnd(facts, lap: lap, from: start, slot: slot, wear: wear, outLap: outLap, mode: mode)
    clear += extra
    if pits { clear += facts.inPart }
    clear = max(clear, facts.floor)
    return pits || freeAir ? clear : endInTraffic(facts, start: start, clear: clear)
  }
}
