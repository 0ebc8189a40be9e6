public import Events
public import Racing

/// What the server knows about an account and a race, as far as it decides what a run counts.
///
/// Answers come from projections and may lag behind the log by milliseconds; rankings count attempts again by the
/// order of the log.
public protocol PlayerHistory: Sendable {
  /// How an account stands to a race.
  /// - Parameter simulation: the run that asks; it does not count as a run besides itself.
  /// - Throws: ``HistoryUnavailable`` while the projections are not ready.
  func standing(
    of account: UserID, on race: RaceKey, besides simulation: StreamID?
  ) async throws(HistoryUnavailable) -> PlayerStanding
}

/// How an account stands to a race.
public struct PlayerStanding: Sendable, Equatable {
  /// What sort of account it is; nil when it is not known (yet): the handler then looks into the account's stream.
  public var kind: UserRegistered.Kind?
  /// Other runs of the account on the race, of any kind and driver, that got beyond lap 1 by now, whether they began
  /// before or after the run that asks: what was learnt in them can be used in this one.
  public var otherRuns: Int
  /// The account was shown something of the race other than through its own runs: an autopsy, lap data, an optimum or
  /// a window. Such an account plays for practice.
  public var hasSeenRace: Bool
  /// The account's runs count for no rating and no window: it plays for practice.
  public var isBanned: Bool

  /// An account's standing.
  public init(kind: UserRegistered.Kind?, otherRuns: Int = 0, hasSeenRace: Bool = false, isBanned: Bool = false) {
    self.kind = kind
    self.otherRuns = otherRuns
    self.hasSeenRace = hasSeenRace
    self.isBanned = isBanned
  }
}

/// The projections behind ``PlayerHistory`` are not ready.
public struct HistoryUnavailable: Error, Sendable, Equatable {
  /// Why, in words for the operator.
  public var reason: String

  /// With the reason.
  public init(reason: String) { self.reason = reason }
}
