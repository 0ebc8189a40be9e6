import Crypto
import Foundation
import Racing

/// Bodies on disk, each under the SHA-256 of its bytes, and for every address the body that it gave last.
///
/// A body or an entry appears whole or not at all: it is written beside, flushed, and renamed. Several processes may use
/// one archive. Everything in it can be fetched again, so that it may be deleted at any time.
public struct BodyArchive: Sendable {
  /// The archive's folder.
  public let directory: String

  /// An archive in that folder; the folder is made with the first body.
  public init(directory: String) { self.directory = directory }

  /// Why the archive cannot be used.
  struct Failure: Error { let reason: String }

  /// Where the body with that digest lies, whether it is there or not.
  public func path(ofDigest digest: String) -> String { "\(directory)/bodies/\(digest.prefix(2))/\(digest)" }

  /// What an address gave last; nil where it was never asked, or where the body is gone or damaged.
  public func body(at url: String) -> StoredBody? {
    guard let data = FileManager.default.contents(atPath: entryPath(url)),
      let stored = try? JSONDecoder().decode(StoredBody.self, from: data), stored.url == url,
      let bytes = FileManager.default.contents(atPath: path(ofDigest: stored.digest)),
      hexadecimal(SHA256.hash(data: bytes)) == stored.digest
    else { return nil }
    return stored
  }

  /// The bytes of a body.
  func bytes(of stored: StoredBody) throws(Failure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path(ofDigest: stored.digest)) else {
      throw Failure(reason: "the body \(stored.digest) is gone")
    }
    return [UInt8](data)
  }

  /// Writes down what an address gave.
  func record(_ stored: StoredBody) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let path = entryPath(stored.url)
    do {
      let data = try encoder.encode(stored)
      try makeFolder(of: path)
      let file = try PendingFile(beside: path)
      try file.write([UInt8](data))
      try file.keep(as: path)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(reason: "\(error)")
    }
  }

  /// A file that a body is written into before its digest is known.
  func pendingBody() throws(Failure) -> PendingFile {
    let path = "\(directory)/bodies/body"
    try makeFolder(of: path)
    return try PendingFile(beside: path)
  }

  /// Takes a whole body in under its digest.
  func keep(_ file: PendingFile) throws(Failure) -> (digest: String, size: Int) {
    let digest = hexadecimal(file.digest)
    let path = path(ofDigest: digest)
    try makeFolder(of: path)
    try file.keep(as: path)
    return (digest, file.count)
  }

  /// Lays out a folder in which readers find bodies by the names they know; what was there before is replaced.
  /// - Returns: the folder's path.
  func layOut(_ names: [String: StoredBody], as folder: String) throws(Failure) -> String {
    let path = "\(directory)/races/\(folder)"
    do {
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, body) in names {
        try FileManager.default.linkItem(atPath: self.path(ofDigest: body.digest), toPath: "\(path)/\(name)")
      }
    } catch {
      throw Failure(reason: "\(error)")
    }
    return path
  }

  private func entryPath(_ url: String) -> String {
    let name = hexadecimal(SHA256.hash(data: Array(url.utf8)))
    return "\(directory)/addresses/\(name.prefix(2))/\(name).json"
  }

  private func makeFolder(of path: String) throws(Failure) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(reason: "\(error)")
    }
  }
}
