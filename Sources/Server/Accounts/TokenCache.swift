import Events
import Synchronization

/// Who signed in, by the digest of what they signed in with, so that a request does not cost a query.
///
/// An entry is believed for a minute: as long as a withdrawn token may live on in another process.
final class TokenCache: Sendable {
  private struct Entry {
    let digest: [UInt8]
    let signedIn: SignedIn
    let checkedAt: ContinuousClock.Instant
  }

  /// How often a token needed no query.
  let measure = CacheMeasure()
  private let entries = Mutex<[UInt64: Entry]>([:])
  private let capacity: Int
  private static let trust: Duration = .seconds(60)

  /// Keeps at most `capacity` entries; when it is full it is emptied.
  init(capacity: Int) { self.capacity = capacity }

  /// Whose a digest is, if it was looked up within the last minute. O(1).
  func signedIn(_ digest: [UInt8], now: ContinuousClock.Instant = .now) -> SignedIn? {
    measure.count(believed(digest, now))
  }

  private func believed(_ digest: [UInt8], _ now: ContinuousClock.Instant) -> SignedIn? {
    guard let entry = entries.withLock({ $0[Self.key(digest)] }) else { return nil }
    guard SecretBytes.areEqual(entry.digest, digest), entry.checkedAt.duration(to: now) < Self.trust else { return nil }
    return entry.signedIn
  }

  func remember(_ signedIn: SignedIn, digest: [UInt8], now: ContinuousClock.Instant = .now) {
    entries.withLock { entries in
      if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
      entries[Self.key(digest)] = Entry(digest: digest, signedIn: signedIn, checkedAt: now)
    }
  }

  /// Forgets one entry. O(1).
  func forget(_ digest: [UInt8]) { entries.withLock { $0[Self.key(digest)] = nil } }

  /// Forgets every entry of an account. O(n).
  func forget(_ account: UserID) {
    entries.withLock { entries in entries = entries.filter { $0.value.signedIn.account.id != account } }
  }

  private static func key(_ digest: [UInt8]) -> UInt64 {
    digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
