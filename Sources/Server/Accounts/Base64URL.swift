import FoundationEssentials

/// Base 64 for addresses and header fields (RFC 4648 §5), without padding.
enum Base64URL {
  /// The text of some bytes.
  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: characters(of: Data(bytes)), as: UTF8.self)
  }

  /// The bytes of a text; nil unless it is exactly what ``encode(_:)`` gives for them.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    // Every request brings a token, so no text is made on the way.
    let given = Array(text.utf8)
    let usual = given.map(usual) + [UInt8](repeating: UInt8(ascii: "="), count: (4 - given.count % 4) % 4)
    guard let bytes = Data(base64Encoded: Data(usual)), characters(of: bytes) == given else { return nil }
    return [UInt8](bytes)
  }

  private static func characters(of bytes: Data) -> [UInt8] {
    bytes.base64EncodedData().compactMap { character in
      switch character {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: character
      }
    }
  }

  /// The character of the usual alphabet. One that belongs to it alone comes back as another, so that it is not accepted.
  private static func usual(_ character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: character
    }
  }
}
