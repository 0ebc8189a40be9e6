import Timing

/// A10: the parts of qualifying from the laps alone, against the official times.
func qualifyingFigures(_ data: TimingData) -> [TimingFigure] {
  var equal = 0
  var count = 0
  var notes: [String] = []
  for session in data.raw {
    guard let live = try? LiveSession(directory: session.path), live.kind == .qualifying,
      let times = live.qualifyingTimes(live.laps())
    else { continue }
    for row in live.officialRows {
      for (part, official) in [row.qualifying1, row.qualifying2, row.qualifying3].enumerated() {
        count += 1
        let own = times.bests[row.number].flatMap { part < $0.count ? $0[part]?.time : nil }
        if own == official {
          equal += 1
        } else {
          notes.append("\(session.name) car \(row.number) Q\(part + 1): \(own ?? 0) against \(official ?? 0)")
        }
      }
    }
  }
  guard count > 0 else { return [] }
  // One best lap of the reference set ended in the pits under a red flag.
  return [
    TimingFigure(
      "a10.qualifying_times_equal", Double(equal), "values", .atLeast, Double(count - count / 300), n: count,
      note: notes.joined(separator: "; "))
  ]
}
