import Crypto

/// A secret that opens an account: `blame_` and 256 random bits. Only its SHA-256 is ever stored.
public struct BearerToken: Sendable {
  /// The text to send; shown once, when the token is made.
  public let text: String

  private static let prefix = "blame_"
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// A new token from the system's random numbers.
  public init() {
    var generator = SystemRandomNumberGenerator()
    let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    text = Self.prefix + Self.base64URL(secret)
  }

  /// A token as a client sent it; nil when it cannot be one.
  init?(_ text: Substring) {
    guard text.utf8.count == Self.prefix.utf8.count + 43, text.hasPrefix(Self.prefix),
      text.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy(Self.alphabet.contains)
    else { return nil }
    self.text = String(text)
  }

  /// What is stored: 32 bytes.
  public var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

  private static func base64URL(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var pending: UInt32 = 0
    var bits = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[Int(pending >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { text.append(alphabet[Int(pending << UInt32(6 - bits) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
