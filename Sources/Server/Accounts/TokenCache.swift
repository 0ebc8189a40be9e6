import Events
import Synchronization

/// Accounts by the digest of their tokens, so that a request does not cost a query.
///
/// An entry is believed for a minute: as long as a withdrawn token may live on in another process.
final class TokenCache: Sendable {
  private struct Entry {
    let digest: [UInt8]
    let account: Account
    let checkedAt: ContinuousClock.Instant
  }

  private let entries = Mutex<[UInt64: Entry]>([:])
  private let capacity: Int
  private static let trust: Duration = .seconds(60)

  /// Keeps at most `capacity` accounts; when it is full it is emptied.
  init(capacity: Int) { self.capacity = capacity }

  /// The account of a token, if it was looked up within the last minute. O(1).
  func account(of digest: [UInt8], now: ContinuousClock.Instant = .now) -> Account? {
    guard let entry = entries.withLock({ $0[Self.key(digest)] }) else { return nil }
    guard Self.equal(entry.digest, digest), entry.checkedAt.duration(to: now) < Self.trust else { return nil }
    return entry.account
  }

  func remember(_ account: Account, digest: [UInt8], now: ContinuousClock.Instant = .now) {
    entries.withLock { entries in
      if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
      entries[Self.key(digest)] = Entry(digest: digest, account: account, checkedAt: now)
    }
  }

  /// Forgets every token of an account. O(n).
  func forget(_ account: UserID) {
    entries.withLock { entries in entries = entries.filter { $0.value.account.id != account } }
  }

  private static func key(_ digest: [UInt8]) -> UInt64 {
    digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Takes as long for digests that differ in the first byte as for equal ones.
  private static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
