public import Events

extension ReadModel {
  /// The account's runs count for no rating and no window.
  public func isBanned(_ user: UserID) -> Bool {
    playerIDs.ordinal(of: WideKey(user)).map { players[$0].state == .banned } ?? false
  }

  /// Takes an account's runs out of ratings and windows. Its cap is none, so a run that is like its runs is still as
  /// suspicious as before: it stays a member of its clusters.
  ///
  /// - Complexity: O(the account's runs and counted runs squared).
  mutating func ban(_ id: UserID) {
    guard let player = playerIDs.ordinal(of: WideKey(id)), players[player].state == .usual else { return }
    forEachAccepted(of: player) { model, ordinal in model.count(-1, ordinal) }
    players[player].state = .banned
    forEachAccepted(of: player) { model, ordinal in model.weigh(ordinal) }
    for key in boardKeys(of: player) { rank(player, on: key) }
  }

  /// Puts them back.
  ///
  /// - Complexity: as of ``ban(_:)``.
  mutating func reinstate(_ id: UserID) {
    guard let player = playerIDs.ordinal(of: WideKey(id)), players[player].state == .banned else { return }
    players[player].state = .usual
    forEachAccepted(of: player) { model, ordinal in
      model.count(1, ordinal)
      model.weigh(ordinal)
    }
    for key in boardKeys(of: player) { rank(player, on: key) }
  }

  /// The results of an account that windows took in.
  private mutating func forEachAccepted(of player: UInt32, _ body: (inout ReadModel, UInt32) -> Void) {
    forEachRun(of: player) { model, run in
      guard let result = model.runs[run].result.ordinal, model.results[result].cluster != .none else { return }
      body(&model, result)
    }
  }
}
