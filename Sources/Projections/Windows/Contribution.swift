internal import Racing

/// What one player adds to a cell: the sums over the player's accepted runs, cut down to the player's cap.
struct Contribution {
  /// One accepted run.
  struct Run {
    var weight: Int64
    var stops: [(lap: Int, compound: Int)]
    var stopCount: Int
    var gain: Int64?
  }

  private var laps = [[Int: Int64]](repeating: [:], count: WindowCell.Key.count)
  private var compounds = [[Int64]](repeating: [], count: WindowCell.Key.count)
  private var plans = [Int64](repeating: 0, count: 5)
  private var undercut: (weight: Int64, gain: Int64, squares: Int64) = (0, 0, 0)

  /// Sums up runs.
  init(_ runs: [Run]) {
    for run in runs where run.stopCount <= WindowCell.stops {
      plans[run.stopCount] += run.weight
      for (index, stop) in run.stops.enumerated() where stop.lap < WindowCell.laps {
        let key = WindowCell.Key(stops: run.stopCount, index: index + 1).ordinal
        laps[key][stop.lap, default: 0] += run.weight
        if compounds[key].isEmpty { compounds[key] = [Int64](repeating: 0, count: 5) }
        compounds[key][stop.compound] += run.weight
      }
    }
    for run in runs {
      guard let gain = run.gain else { continue }
      undercut.weight += run.weight
      undercut.gain += run.weight * gain
      undercut.squares += run.weight * (gain * gain / 1000)
    }
  }

  /// Adds (`sign` 1) or takes away (`sign` -1) the contribution under a cap.
  ///
  /// Integer division of each sum on its own: the same player under the same cap gives the same numbers, whenever.
  func apply(_ sign: Int64, cap: Int64, to cell: inout WindowCell) {
    for key in 0..<WindowCell.Key.count { apply(sign, key, cap, &cell) }
    let planned = plans.reduce(0, +)
    for stops in 0...WindowCell.stops { cell.plans[stops] += sign * scaled(plans[stops], planned, cap) }
    let total = min(planned, cap)
    cell.plans[5] += sign * total * total
    cell.undercut[0] += sign * scaled(undercut.weight, undercut.weight, cap)
    cell.undercut[1] += sign * scaled(undercut.gain, undercut.weight, cap)
    cell.undercut[2] += sign * scaled(undercut.squares, undercut.weight, cap)
    let gained = min(undercut.weight, cap)
    cell.undercut[3] += sign * gained * gained
  }

  private func apply(_ sign: Int64, _ key: Int, _ cap: Int64, _ cell: inout WindowCell) {
    let whole = laps[key].values.reduce(0, +)
    guard whole > 0 else { return }
    var total: Int64 = 0
    // The order does not matter: every lap is a sum of its own.
    for (lap, weight) in laps[key] {
      let part = scaled(weight, whole, cap)
      cell.weights[key * WindowCell.laps + lap] += sign * part
      total += part
    }
    for compound in 0..<5 { cell.compounds[key * 5 + compound] += sign * scaled(compounds[key][compound], whole, cap) }
    cell.players[key] += sign
    cell.totals[key] += sign * total
    cell.squares[key] += sign * total * total
  }

  private func scaled(_ part: Int64, _ whole: Int64, _ cap: Int64) -> Int64 {
    guard whole > cap else { return part }
    let product = part.multipliedFullWidth(by: cap)
    return whole.dividingFullWidth(product).quotient
  }
}
