import Events
import Synchronization

/// The keys of access tokens as this process knows them: from a file that is looked at again now and then, or made up
/// when the process began.
public final class TokenKeyring: Sendable {
  private struct State {
    var keys: TokenKeys
    var lookedAt: ContinuousClock.Instant
  }

  private let state: Mutex<State>
  private let file: TokenKeyFile?
  private static let interval: Duration = .seconds(30)

  /// Keys of this process alone: access tokens end with it, sessions do not.
  convenience init() { self.init(keys: TokenKeys(now: Self.now), file: nil) }

  /// The keys in a file, which is made when it is not there.
  public convenience init(_ file: TokenKeyFile) throws(SecretKeyFile.Failure) {
    self.init(keys: try file.keys(), file: file)
  }

  private init(keys: TokenKeys, file: TokenKeyFile?) {
    self.file = file
    state = Mutex(State(keys: keys, lookedAt: .now))
  }

  /// The key to sign with.
  func signing() -> TokenKeys.Key { current().signing(now: Self.now) }

  /// A token checked against the keys; nil when it is not ours or is over.
  func verified(_ text: some StringProtocol) -> AccessToken? {
    let keys = current()
    return AccessToken(text, keys.key, now: Self.now)
  }

  /// Seconds since 1970.
  static var now: Int64 { Timestamp.now.microseconds / 1_000_000 }

  /// The keys, read again when that was long ago. A file that cannot be read now leaves the keys as they are.
  private func current() -> TokenKeys {
    guard let file else { return state.withLock { $0.keys } }
    let isDue = state.withLock { state in
      guard state.lookedAt.duration(to: .now) >= Self.interval else { return false }
      state.lookedAt = .now
      return true
    }
    if isDue, let keys = try? file.keys() { state.withLock { $0.keys = keys } }
    return state.withLock { $0.keys }
  }
}
