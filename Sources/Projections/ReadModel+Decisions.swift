public import Events

extension ReadModel {
  /// Decisions of an account in log order, behind a position. O(log decisions) to find the place, O(1) a decision.
  ///
  /// - Parameter position: of a decision of the account, or zero for the first page.
  public func decisions(of user: UserID, after position: Position = .zero, limit: Int) -> [DecisionRecord] {
    guard let player = playerIDs.ordinal(of: WideKey(user)) else { return [] }
    var link = players[player].firstDecision
    if position > .zero {
      let ordinal = firstDecision(after: position.rawValue - 1)
      if ordinal < decisions.count, decisionPositions[ordinal] == position.rawValue,
        runs[decisions[ordinal].run].player == player
      {
        link = decisions[ordinal].nextOfPlayer
      } else {
        while let ordinal = link.ordinal, decisionPositions[Int(ordinal)] <= position.rawValue {
          link = decisions[ordinal].nextOfPlayer
        }
      }
    }
    return chain(from: link, limit: limit) { $0.nextOfPlayer }
  }

  /// Decisions of a run, in order. O(decisions of the run).
  public func decisions(of simulation: StreamID) -> [DecisionRecord] {
    guard let run = runIDs.ordinal(of: WideKey(simulation)) else { return [] }
    return chain(from: runs[run].firstDecision, limit: .max) { $0.nextOfRun }
  }

  /// Decisions of everybody behind a position, in log order. O(log decisions + limit).
  public func decisions(after position: Position, limit: Int) -> [DecisionRecord] {
    var page: [DecisionRecord] = []
    var ordinal = firstDecision(after: position.rawValue)
    while page.count < limit, ordinal < decisions.count {
      if decisions[ordinal].isErased == 0 { page.append(record(decision: UInt32(ordinal))) }
      ordinal += 1
    }
    return page
  }

  private func firstDecision(after position: Int64) -> Int {
    var (low, high) = (0, decisionPositions.count)
    while low < high {
      let middle = (low + high) / 2
      if decisionPositions[middle] <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func chain(from first: Link, limit: Int, next: (DecisionRow) -> Link) -> [DecisionRecord] {
    var page: [DecisionRecord] = []
    var link = first
    while page.count < limit, let ordinal = link.ordinal {
      page.append(record(decision: ordinal))
      link = next(decisions[ordinal])
    }
    return page
  }

  private func record(decision ordinal: UInt32) -> DecisionRecord {
    let row = decisions[ordinal]
    return DecisionRecord(
      position: Position(rawValue: decisionPositions[ordinal]), simulation: streamID(row.run),
      user: userID(runs[row.run].player), lap: Int32(row.lap), kind: row.kind, compound: row.compound, pace: row.pace,
      regret: Int64(row.regret), isOptimal: row.isOptimal != 0)
  }
}
