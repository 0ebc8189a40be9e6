import Foundation

/// A password as it is hashed: normalised, within bounds. Has no description that tells it.
struct Password: Sendable {
  /// UTF-8 of the normalised text.
  let bytes: [UInt8]

  /// Characters a new password must have.
  static let charactersMin = 8
  /// Bytes that are looked at, before and after normalising.
  static let bytesMax = 1024

  /// What somebody typed; nil when it is longer than any password of ours.
  init?(_ text: String) {
    guard text.utf8.count <= Self.bytesMax else { return nil }
    // The same characters come in several forms, by keyboard and system (NIST SP 800-63B §3.1.1.2).
    let normal = Array(text.precomposedStringWithCompatibilityMapping.utf8)
    // Nothing to hash is refused like anything else that is wrong.
    guard !normal.isEmpty, normal.count <= Self.bytesMax else { return nil }
    bytes = normal
  }

  /// A new password of somebody with that name and address: long enough, not among those that everybody tries.
  /// There are no rules about kinds of characters.
  /// - Throws: `weakPassword` with what to do.
  init(new text: String, email: String?, name: String?) throws(AccountError) {
    guard text.utf8.count <= Self.bytesMax, let password = Password(text) else {
      throw .weakPassword("take one of \(Self.charactersMin) characters to \(Self.bytesMax) bytes")
    }
    guard text.count >= Self.charactersMin else {
      throw .weakPassword("it has fewer than \(Self.charactersMin) characters")
    }
    let plain = String(decoding: password.bytes, as: UTF8.self).lowercased()
    let own = [email, email?.split(separator: "@").first.map(String.init), name].compactMap { $0?.lowercased() }
    guard !own.contains(plain) else { throw .weakPassword("it is the name or the address") }
    guard !CommonPasswords.contains(plain) else { throw .weakPassword("it is among those that everybody tries first") }
    self = password
  }
}
