import Crypto
import FoundationEssentials

/// The keys that access tokens are signed with: the newest signs, the others still check.
struct TokenKeys: Sendable, Equatable {
  /// One key.
  struct Key: Sendable, Equatable {
    /// The first four bytes of the secret's SHA-256: which key it is, not what it is.
    let id: UInt32
    /// When it was made, in seconds since 1970.
    let madeAt: Int64
    /// 32 secret bytes.
    let secret: [UInt8]

    init(secret: [UInt8], madeAt: Int64) {
      self.secret = secret
      self.madeAt = madeAt
      id = SHA256.hash(data: secret).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// Oldest first, never empty.
  let keys: [Key]

  static let secretBytes = 32
  /// A new key signs only after this time, so that every server has read it by then. Seconds.
  static let waitSeconds: Int64 = 90
  /// An old key checks for this long after it was followed by another. Seconds; longer than any token of it lives.
  static let overlapSeconds: Int64 = 3600

  /// One new key.
  init(now: Int64) { keys = [Key(secret: SecretBytes.random(count: Self.secretBytes), madeAt: now)] }

  private init(keys: [Key]) { self.keys = keys }

  /// With a new key behind, and without those that no token can be of any more.
  /// - Parameter isAtOnce: forget every older key, so that all tokens given out are worthless.
  func rotated(now: Int64, isAtOnce: Bool) -> TokenKeys {
    let fresh = Key(secret: SecretBytes.random(count: Self.secretBytes), madeAt: now)
    if isAtOnce { return TokenKeys(keys: [fresh]) }
    let kept = keys.indices.filter { index in
      index + 1 == keys.count || keys[index + 1].madeAt > now - Self.overlapSeconds
    }
    return TokenKeys(keys: kept.map { keys[$0] } + [fresh])
  }

  /// The key to sign with: the newest that has been there long enough, else the oldest.
  func signing(now: Int64) -> Key { keys.last { $0.madeAt <= now - Self.waitSeconds } ?? keys[0] }

  /// The key of an id.
  func key(_ id: UInt32) -> Key? { keys.first { $0.id == id } }
}

extension TokenKeys {
  /// A line for each key: when it was made, and its secret.
  var text: String { keys.map { "\($0.madeAt) \(Base64URL.encode($0.secret))\n" }.joined() }

  /// Reads the lines; nil unless every one of them is a key.
  init?(_ text: String) {
    var keys: [Key] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let madeAt = Int64(parts[0]), let secret = Base64URL.decode(parts[1]),
        secret.count == Self.secretBytes
      else { return nil }
      keys.append(Key(secret: secret, madeAt: madeAt))
    }
    guard !keys.isEmpty else { return nil }
    self.keys = keys
  }
}
