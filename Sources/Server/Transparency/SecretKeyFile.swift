public import Events
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file that keeps a secret key: readable by its owner alone, made when it is not there.
public struct SecretKeyFile: Sendable {
  /// Where it is.
  public let path: String

  /// A name that hardly another log has.
  public static var someOrigin: String { "blame.local/" + String(UInt64.random(in: .min ... .max), radix: 16) }

  /// The file there.
  public init(path: String) { self.path = path }

  /// Why there is no key.
  public enum Failure: Error, Sendable, Equatable {
    /// The file cannot be read or made.
    case unreadable(path: String, reason: String)
    /// Others may read it.
    case open(path: String)
    /// It does not hold a key.
    case malformed(path: String, reason: String)
  }

  /// The key in the file; a new one of that name and kind where there is no file yet. Two processes that begin at once
  /// get the same.
  public func signer(name: @autoclosure () -> String, kind: NoteKeyKind = .note) throws(Failure) -> NoteSigner {
    let text = try text { () throws(Failure) in try Self.newSigner(name(), kind, path) }
    do throws(ProofError) {
      return try NoteSigner(secretText: text.hasSuffix("\n") ? String(text.dropLast()) : text)
    } catch {
      throw .malformed(path: path, reason: error.description)
    }
  }

  private static func newSigner(_ name: String, _ kind: NoteKeyKind, _ path: String) throws(Failure) -> String {
    do throws(ProofError) {
      return try NoteSigner(name: name, kind: kind, secret: NoteSigner.newSecret()).secretText + "\n"
    } catch {
      throw .malformed(path: path, reason: error.description)
    }
  }

  /// What is in the file; what `secret` gives where there is no file yet. Two processes that begin at once get the same.
  func text(orMake secret: () throws(Failure) -> String) throws(Failure) -> String {
    if access(path, F_OK) != 0 { try make(try secret()) }
    return try read()
  }

  /// Puts another secret into the file, all of it at once.
  func replace(with secret: String) throws(Failure) {
    try withFileBeside(secret) { beside throws(Failure) in
      guard rename(beside, path) == 0 else { throw .unreadable(path: path, reason: Self.reason) }
    }
  }

  private func read() throws(Failure) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(path: path, reason: Self.reason) }
    guard status.st_mode & 0o077 == 0 else { throw .open(path: path) }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .unreadable(path: path, reason: "it is not a text")
    }
    return text
  }

  /// Writes beside, then links: whoever is second finds the first one's file.
  private func make(_ secret: String) throws(Failure) {
    try withFileBeside(secret) { beside throws(Failure) in
      guard link(beside, path) == 0 || errno == EEXIST else { throw .unreadable(path: path, reason: Self.reason) }
    }
  }

  private func withFileBeside(_ secret: String, _ body: (String) throws(Failure) -> Void) throws(Failure) {
    let beside = "\(path).\(getpid()).new"
    let file = open(beside, O_CREAT | O_EXCL | O_WRONLY, 0o600)
    guard file >= 0 else { throw .unreadable(path: path, reason: Self.reason) }
    defer { unlink(beside) }
    let bytes = Array(secret.utf8)
    let written = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    let isKept = written == bytes.count && fsync(file) == 0
    close(file)
    guard isKept else { throw .unreadable(path: path, reason: Self.reason) }
    try body(beside)
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

extension SecretKeyFile.Failure: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "the key file \(path) cannot be used: \(reason)"
    case .open(let path): "the key file \(path) may be read by others: chmod 600 \(path)"
    case .malformed(let path, let reason): "the key file \(path) is of no use: \(reason)"
    }
  }
}
