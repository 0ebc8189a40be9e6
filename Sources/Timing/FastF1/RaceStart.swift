import Racing

/// When the race began on the session clock, by the best evidence there is.
///
/// 1. What the caller gives. 2. The winner's finish less his official time. 3. Lap 1's official times, when most cars
/// agree on one start. 4. The announced start, as a rule 0.2 to 0.3 s before the official one. The second and third must
/// lie within a second of the announcement.
struct RaceStart {
  /// Everything that tells about the start, on the session clock.
  struct Evidence {
    let given: Int64?
    let finish: Int64?
    let winnerTime: Int64?
    let firstLaps: [FastF1Row]
    let announced: [Int64]
  }

  /// The session clock at the start.
  let time: Int64
  /// How it was found, where that matters.
  let notes: [ImportNote]

  /// The start; nil when there is no evidence.
  init?(_ evidence: Evidence) {
    let announced = evidence.announcedStart
    let candidates = [
      (evidence.officialStart, "the winner's official time"), (evidence.firstLapStart, "the official times of lap 1"),
    ]
    if let given = evidence.given {
      (time, notes) = (given, [])
      return
    }
    var notes: [ImportNote] = []
    for (candidate, name) in candidates {
      guard let candidate else { continue }
      guard let announced, abs(candidate - announced) > 1_000 else {
        (time, self.notes) = (candidate, notes)
        return
      }
      notes.append(
        ImportNote(.conflict, "\(name) put the start at \(candidate) ms, but it was announced at \(announced) ms"))
    }
    guard let announced else { return nil }
    time = announced
    self.notes =
      notes + [ImportNote(.gap, "the start is its announcement; the winner's official time would make it exact")]
  }
}

extension RaceStart.Evidence {
  /// The winner's finish less his official time.
  var officialStart: Int64? {
    guard let finish, let winnerTime else { return nil }
    return finish - winnerTime
  }

  /// The median of lap 1's end less its official time; nil unless most of at least five cars lie within 250 ms of it.
  var firstLapStart: Int64? {
    let starts = firstLaps.compactMap { row -> Int64? in
      guard let end = row.end, let time = row.lapTime else { return nil }
      return end - time
    }.sorted()
    guard starts.count >= 5 else { return nil }
    let median = starts[(starts.count - 1) / 2]
    return starts.count { abs($0 - median) <= 250 } * 2 > starts.count ? median : nil
  }

  /// The beginning of lap 1 that most cars have, else the last announcement before anybody completed it.
  var announcedStart: Int64? {
    let begins = firstLaps.compactMap(\.start).sorted()
    if !begins.isEmpty {
      let counts = Dictionary(begins.map { ($0, 1) }, uniquingKeysWith: +)
      return begins.max { (counts[$0]!, -$0) < (counts[$1]!, -$1) }
    }
    guard let firstEnd = firstLaps.compactMap(\.end).min() else { return announced.first }
    return announced.last { $0 < firstEnd }
  }
}
