import Events
package import Postgres
import Racing
import Synchronization

/// What accounts were shown of races other than through their own runs. Whoever has seen how a race went plays it for
/// practice.
package final class Disclosures: Sendable {
  private let pool: Pool
  private let known = Mutex<[UserID: Set<RaceKey>]>([:])
  private let capacity: Int

  private static let insert = Statement(
    "disclosure_insert",
    """
    INSERT INTO app.disclosures (account, season, round, what) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account, season, round) DO NOTHING
    """)
  private static let load = Statement(
    "disclosures_load", "SELECT season, round FROM app.disclosures WHERE account = $1")

  private static let list = Statement(
    "disclosures_list",
    "SELECT season, round, what, first_seen_at FROM app.disclosures WHERE account = $1 ORDER BY first_seen_at, season, round"
  )

  /// Something of a race that an account was shown.
  struct Disclosure: Sendable {
    let race: RaceKey
    let what: String
    let firstSeenAt: Timestamp
  }

  /// Disclosures in `pool`'s database; those of at most `capacity` accounts are kept in memory.
  package init(pool: Pool, capacity: Int = 100_000) {
    self.pool = pool
    self.capacity = capacity
  }

  /// Writes down that an account is about to see something of a race. O(1) when it has seen it before.
  func record(_ account: UserID, _ race: RaceKey, what: String) async throws(PostgresError) {
    if known.withLock({ $0[account]?.contains(race) == true }) { return }
    let seen = try await races(of: account)
    if seen.contains(race) { return }
    _ = try await pool.query(
      Self.insert, [PostgresUUID(account), Int32(race.season), Int32(race.round), what])
    known.withLock { _ = $0[account, default: seen].insert(race) }
  }

  /// Whether an account has seen something of a race. O(1) after the first question about the account.
  func hasSeen(_ account: UserID, _ race: RaceKey) async throws(PostgresError) -> Bool {
    try await races(of: account).contains(race)
  }

  /// Everything an account was shown, the first first.
  func all(of account: UserID) async throws(PostgresError) -> [Disclosure] {
    var all: [Disclosure] = []
    for row in try await pool.query(Self.list, [PostgresUUID(account)]) {
      let (season, round, what, time) = try row.decode(Int32.self, Int32.self, String.self, PostgresTimestamp.self)
      let race = RaceKey(season: Int16(truncatingIfNeeded: season), round: Int16(truncatingIfNeeded: round))
      all.append(Disclosure(race: race, what: what, firstSeenAt: Timestamp(time)))
    }
    return all
  }

  private func races(of account: UserID) async throws(PostgresError) -> Set<RaceKey> {
    if let races = known.withLock({ $0[account] }) { return races }
    var loaded: Set<RaceKey> = []
    for row in try await pool.query(Self.load, [PostgresUUID(account)]) {
      let (season, round) = try row.decode(Int32.self, Int32.self)
      loaded.insert(RaceKey(season: Int16(truncatingIfNeeded: season), round: Int16(truncatingIfNeeded: round)))
    }
    let races = loaded
    return known.withLock { known in
      if known.count >= capacity { known.removeAll(keepingCapacity: true) }
      known[account, default: []].formUnion(races)
      return known[account, default: []]
    }
  }
}
