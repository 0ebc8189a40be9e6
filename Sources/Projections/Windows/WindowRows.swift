/// A player's accepted runs at one circuit in one season. No padding.
struct ShareRow: BitwiseCopyable, Sendable {
  var player: UInt32
  var cell: UInt32
  var firstResult = Link.none
  var nextOfPlayer = Link.none
}

/// Runs with equal plans on one race and car within one slot of time. No padding.
struct ClusterRow: BitwiseCopyable, Sendable {
  var firstResult = Link.none
  /// Different players.
  var players: UInt32 = 0
}
