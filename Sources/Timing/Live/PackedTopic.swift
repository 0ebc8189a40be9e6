import FoundationEssentials

/// The topics that end in `.z`: base64 of a raw DEFLATE stream of JSON.
enum PackedTopic {
  /// A message unpacks to a few kilobytes; more than this is no message.
  static let longestMessage = 16 << 20

  /// The JSON in that text; nil where it is not base64 or the stream is damaged.
  static func unpacked(_ text: [UInt8]) -> [UInt8]? {
    guard let packed = Data(base64Encoded: Data(text)), !packed.isEmpty else { return nil }
    return inflateRaw([UInt8](packed), limitBytes: longestMessage)
  }
}
