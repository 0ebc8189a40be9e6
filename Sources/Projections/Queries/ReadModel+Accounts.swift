public import Events
public import Racing

extension ReadModel {
  /// What sort of account it is; nil when it is not known. O(1).
  public func kind(of user: UserID) -> UserRegistered.Kind? {
    playerIDs.ordinal(of: WideKey(user)).flatMap { UserRegistered.Kind(code: players[$0].kind) }
  }

  /// The account was erased. O(1).
  public func isErased(_ user: UserID) -> Bool {
    playerIDs.ordinal(of: WideKey(user)).map { players[$0].isErased != 0 } ?? false
  }

  /// Runs of an account on a race that got beyond lap 1, one of them left out. O(1).
  public func runs(of user: UserID, on race: RaceKey, besides simulation: StreamID?) -> Int {
    guard let player = playerIDs.ordinal(of: WideKey(user)), let race = shelf.ordinal(of: race),
      let attempt = attemptKeys.ordinal(of: PairKey(player, UInt32(race)))
    else { return 0 }
    let own = simulation.flatMap { runIDs.ordinal(of: WideKey($0)) }
    let isAmong = own.map {
      runs[$0].player == player && runs[$0].race == race && runs[$0].flags.contains(.beyond)
    } ?? false
    return Int(attempts[attempt].beyond) - (isAmong ? 1 : 0)
  }

  /// How many accounts, runs and decisions there are.
  public var counts: Counts {
    Counts(accounts: playerIDs.count, runs: runIDs.count, finished: results.count, decisions: decisions.count)
  }

  /// Counters for health checks and pages.
  public struct Counts: Sendable, Equatable {
    /// Accounts that were registered or played.
    public let accounts: Int
    /// Runs that were begun.
    public let runs: Int
    /// Runs that reached the flag.
    public let finished: Int
    /// Decisions.
    public let decisions: Int
  }
}
