/// The clusters of players with very many runs, so that their next run need not go through all of them.
///
/// Few players have so many; the others' runs tell their clusters and take no memory here.
struct MembershipTable: Sendable {
  /// Up to so many runs of a player are gone through.
  static let walkedRunsMax: UInt32 = 64

  private var clusters: [UInt32: Set<UInt32>] = [:]

  init() {}

  /// Whether the player's clusters are kept here.
  func holds(_ player: UInt32) -> Bool { clusters[player] != nil }

  /// Whether a player whose clusters are kept has a run in one. O(1).
  func contains(_ player: UInt32, in cluster: UInt32) -> Bool { clusters[player]?.contains(cluster) ?? false }

  /// Keeps a player's clusters from now on.
  mutating func hold(_ player: UInt32, clusters all: [UInt32]) { clusters[player] = Set(all) }

  /// A run of the player joins a cluster; counts only for players whose clusters are kept. O(1).
  mutating func note(_ player: UInt32, in cluster: UInt32) { clusters[player]?.insert(cluster) }

  /// Forgets a player.
  mutating func drop(_ player: UInt32) { clusters[player] = nil }

  func write(to sink: inout some StateSink) {
    sink.write(UInt64(clusters.count))
    for player in clusters.keys.sorted() {
      sink.write(player)
      sink.write((clusters[player] ?? []).sorted().map { Int64($0) })
    }
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    for _ in 0..<(try source.count(ofSize: 12)) {
      let player: UInt32 = try source.integer()
      var members: Set<UInt32> = []
      for value in try source.integers() {
        guard let cluster = UInt32(exactly: value) else { throw .damaged }
        members.insert(cluster)
      }
      clusters[player] = members
    }
  }
}
