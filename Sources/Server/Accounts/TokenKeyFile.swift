/// The file with the keys that access tokens are signed with. Servers of one log share it.
public struct TokenKeyFile: Sendable {
  private let file: SecretKeyFile

  /// The file there.
  public init(path: String) { file = SecretKeyFile(path: path) }

  /// Adds a key, and drops those that no living token was signed with. Servers follow within half a minute and sign with
  /// the new key after a minute and a half.
  /// - Parameter isAtOnce: drop every older key: all access tokens are worthless as soon as servers have noticed.
  /// - Returns: how many keys there are now.
  public func rotate(isAtOnce: Bool) throws(SecretKeyFile.Failure) -> Int {
    let keys = try keys().rotated(now: TokenKeyring.now, isAtOnce: isAtOnce)
    try file.replace(with: keys.text)
    return keys.keys.count
  }

  /// The keys in it; a first one where there is no file yet.
  func keys() throws(SecretKeyFile.Failure) -> TokenKeys {
    let text = try file.text(orMake: { TokenKeys(now: TokenKeyring.now).text })
    guard let keys = TokenKeys(text) else {
      throw .malformed(path: file.path, reason: "a line for each key was expected, with a time and a secret")
    }
    return keys
  }
}
