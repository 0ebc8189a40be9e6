import CryptoExtras
import FoundationEssentials

/// A password as it is kept: scrypt with its cost and salt, as text in the PHC form
/// `$scrypt$ln=15,r=8,p=3$SALT$HASH`.
struct PasswordHash: Sendable, Equatable {
  /// What it cost.
  let cost: ScryptCost
  private let salt: [UInt8]
  private let hash: [UInt8]

  private static let saltBytes = 16
  private static let hashBytes = 32

  /// Why no hash could be made.
  struct Failure: Error {}

  /// The hash of a password with a new salt. Takes as long as the cost says.
  init(_ password: Password, cost: ScryptCost) throws(Failure) {
    let salt = SecretBytes.random(count: Self.saltBytes)
    self.init(cost: cost, salt: salt, hash: try Self.scrypt(password.bytes, salt, cost, count: Self.hashBytes))
  }

  private init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// A hash that no password has, for addresses that nobody has: finding that out takes as long.
  static func ofNobody(cost: ScryptCost) -> PasswordHash {
    PasswordHash(
      cost: cost, salt: [UInt8](repeating: 0, count: saltBytes), hash: [UInt8](repeating: 0, count: hashBytes))
  }

  /// Whether it is that password's. Takes as long as the cost says.
  func matches(_ password: Password) throws(Failure) -> Bool {
    SecretBytes.areEqual(try Self.scrypt(password.bytes, salt, cost, count: hash.count), hash)
  }

  /// Bytes from a password and a salt (RFC 7914).
  static func scrypt(
    _ password: [UInt8], _ salt: [UInt8], _ cost: ScryptCost, count: Int
  ) throws(Failure) -> [UInt8] {
    do {
      let key = try KDF.Scrypt.deriveKey(
        from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.logN, blockSize: cost.blockSize,
        parallelism: cost.parallelism)
      return key.withUnsafeBytes { Array($0) }
    } catch { throw Failure() }
  }
}

extension PasswordHash {
  /// The PHC text.
  var text: String {
    "$scrypt$\(cost.text)$\(Self.base64(salt))$\(Self.base64(hash))"
  }

  /// Reads a PHC text; nil when it is not one of ours.
  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = ScryptCost(parts[2]),
      let salt = Self.bytes(parts[3]), let hash = Self.bytes(parts[4]), !salt.isEmpty, hash.count >= 16
    else { return nil }
    self.init(cost: cost, salt: salt, hash: hash)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("=", with: "")
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: String(text) + padding).map { [UInt8]($0) }
  }
}
