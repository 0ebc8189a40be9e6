import Crypto
import Events

/// What a signed token says: this session of this account may ask until then.
///
/// One format and one algorithm: `blame1.PAYLOAD.MAC`, the MAC being HMAC-SHA-256 under the key that the payload names.
/// Nothing in a token chooses how it is checked.
struct AccessToken: Sendable, Equatable {
  let account: UserID
  let session: SessionID
  /// Seconds since 1970.
  let expiresAt: Int64

  /// How long a token lives, in seconds.
  static let lifeSeconds: Int64 = 900

  private static let prefix = "blame1."
  private static let payloadBytes = 44
  private static let macBytes = 32

  /// Whether a text may be a token of this kind.
  static func isOne(_ text: some StringProtocol) -> Bool { text.hasPrefix(prefix) }

  /// The signed text.
  func text(_ key: TokenKeys.Key) -> String {
    var payload: [UInt8] = []
    Self.append(key.id, to: &payload)
    for half in [account.high, account.low, session.high, session.low] { Self.append(half, to: &payload) }
    Self.append(UInt64(bitPattern: expiresAt), to: &payload)
    let mac = HMAC<SHA256>.authenticationCode(for: Self.signed(payload), using: SymmetricKey(data: key.secret))
    return "\(Self.prefix)\(Base64URL.encode(payload)).\(Base64URL.encode(mac))"
  }

  init(account: UserID, session: SessionID, expiresAt: Int64) {
    self.account = account
    self.session = session
    self.expiresAt = expiresAt
  }

  /// Reads and checks a token; nil when it is not ours, was changed, or is over.
  init?(_ text: some StringProtocol, _ key: (UInt32) -> TokenKeys.Key?, now: Int64) {
    guard Self.isOne(text), text.utf8.count <= 160 else { return nil }
    let parts = text.dropFirst(Self.prefix.count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let payload = Base64URL.decode(parts[0]), payload.count == Self.payloadBytes,
      let mac = Base64URL.decode(parts[1]), mac.count == Self.macBytes,
      let key = key(UInt32(truncatingIfNeeded: Self.number(payload[..<4]))),
      HMAC<SHA256>.isValidAuthenticationCode(
        mac, authenticating: Self.signed(payload), using: SymmetricKey(data: key.secret))
    else { return nil }
    let numbers = stride(from: 4, to: Self.payloadBytes, by: 8).map { Self.number(payload[$0..<$0 + 8]) }
    account = UserID(high: numbers[0], low: numbers[1])
    session = SessionID(high: numbers[2], low: numbers[3])
    expiresAt = Int64(bitPattern: numbers[4])
    guard expiresAt > now else { return nil }
  }

  /// What tells the session of an account from any other, for ``TokenCache``.
  var digest: [UInt8] { Self.digest(account, session) }

  static func digest(_ account: UserID, _ session: SessionID) -> [UInt8] {
    var bytes: [UInt8] = []
    for half in [account.high, account.low, session.high, session.low] { append(half, to: &bytes) }
    return Array(SHA256.hash(data: bytes))
  }

  /// The payload with a word in front, so that nothing else signed with the key can be taken for a token.
  private static func signed(_ payload: [UInt8]) -> [UInt8] { Array("blame access token 1\n".utf8) + payload }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
