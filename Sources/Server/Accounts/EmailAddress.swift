/// An e-mail address as far as we look at it: something, one `@`, a domain. Nobody is written to.
struct EmailAddress: Sendable, Hashable {
  /// As it was typed.
  let text: String
  /// What tells it from others.
  let key: String

  private static let bytesMax = 254

  /// - Throws: `malformedEmail`.
  init(_ text: String) throws(AccountError) {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    let isClean = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace }
    guard text.utf8.count <= Self.bytesMax, halves.count == 2, isClean, !halves[0].isEmpty, halves[0].utf8.count <= 64,
      halves[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
      halves[1].contains(".") || halves[1] == "localhost"
    else { throw .malformedEmail }
    self.text = text
    key = text.lowercased()
  }
}
