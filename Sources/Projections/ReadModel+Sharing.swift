extension ReadModel {
  /// About how many bytes a copy takes beside another one of the same history: what both hold is there only once. Small
  /// tables, of races and windows, are left out.
  ///
  /// - Complexity: O(state / 100 kB).
  public func bytes(notSharedWith other: ReadModel) -> Int {
    let accounts = playerIDs.bytes(notSharedWith: other.playerIDs) + players.bytes(notSharedWith: other.players)
    let runs = runIDs.bytes(notSharedWith: other.runIDs) + runs.bytes(notSharedWith: other.runs)
    let decisions =
      decisionPositions.bytes(notSharedWith: other.decisionPositions)
      + decisions.bytes(notSharedWith: other.decisions)
    let attempts =
      attempts.bytes(notSharedWith: other.attempts) + attemptCounts.bytes(notSharedWith: other.attemptCounts)
    let ratings = counted.bytes(notSharedWith: other.counted) + boards.bytes(notSharedWith: other.boards)
    let windows =
      results.bytes(notSharedWith: other.results) + crowd.bytes(notSharedWith: other.crowd)
      + clusters.bytes(notSharedWith: other.clusters)
    return accounts + runs + decisions + attempts + ratings + windows
  }
}
