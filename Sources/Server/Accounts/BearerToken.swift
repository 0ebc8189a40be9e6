import Crypto

/// A secret that opens an account: a prefix and 256 random bits. Only its SHA-256 is ever stored.
public struct BearerToken: Sendable {
  /// The text to send; shown once, when the token is made.
  public let text: String

  /// What a token is for.
  enum Purpose: String {
    /// Asking for things, for as long as it is not withdrawn.
    case asking = "blame_"
    /// Getting the next access token, once.
    case refreshing = "blamer_"
  }

  private static let secretBytes = 32

  /// A new token for asking, from the system's random numbers.
  public init() { self.init(for: .asking) }

  /// A new token from the system's random numbers.
  init(for purpose: Purpose) {
    text = purpose.rawValue + Base64URL.encode(SecretBytes.random(count: Self.secretBytes))
  }

  /// A token as a client sent it; nil when it cannot be one.
  init?(_ text: some StringProtocol, for purpose: Purpose = .asking) {
    guard text.hasPrefix(purpose.rawValue),
      Base64URL.decode(text.dropFirst(purpose.rawValue.count))?.count == Self.secretBytes
    else { return nil }
    self.text = String(text)
  }

  /// What is stored: 32 bytes.
  public var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
