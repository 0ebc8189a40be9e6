import Crypto
import HTTPTypes

/// Validators of answers (RFC 9110 §8.8.3). Ours are weak: the position in an answer may differ where nothing else does.
enum ETag {
  /// The validator of some content. O(n).
  static func of(_ content: [UInt8]) -> String {
    let digest = SHA256.hash(data: content).prefix(12)
    return "W/\"\(digest.map { Hexadecimal.pair($0) }.joined())\""
  }

  /// The client has the content already.
  static func matches(_ tag: String, _ headers: HTTPFields) -> Bool {
    guard let list = headers[.ifNoneMatch] else { return false }
    if list == tag || list == "*" { return true }
    return list.split(separator: ",").contains { opaque($0) == opaque(tag[...]) }
  }

  private static func opaque(_ tag: Substring) -> Substring {
    let trimmed = tag.drop { $0 == " " || $0 == "\t" }
    let bare = trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
    return bare.last == " " ? bare.prefix { $0 != " " } : bare
  }
}

/// Two digits a byte, lower case.
enum Hexadecimal {
  /// The two digits of a byte.
  static func pair(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0\(text)" : text
  }

  /// The digits of bytes.
  static func text(_ bytes: some Sequence<UInt8>) -> String { bytes.map(pair).joined() }
}
