import Crypto
import Foundation
import Glibc
import Synchronization

/// A file that is being written beside its place: it gets there flushed and whole, or is removed.
final class PendingFile: Sendable {
  private struct State {
    /// -1 once the file is in its place.
    var descriptor: Int32
    var hash = SHA256()
    var count = 0
  }

  private let path: String
  private let state: Mutex<State>

  /// A new file of its own name in the folder of `place`.
  init(beside place: String) throws(BodyArchive.Failure) {
    let path = "\(place).\(getpid()).\(String(UInt64.random(in: .min ... .max), radix: 16)).new"
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw BodyArchive.Failure(reason: "\(path): \(Self.reason)") }
    self.path = path
    state = Mutex(State(descriptor: descriptor))
  }

  deinit {
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      close(state.descriptor)
      unlink(path)
    }
  }

  /// Bytes written.
  var count: Int { state.withLock { $0.count } }

  /// SHA-256 of what was written.
  var digest: SHA256.Digest { state.withLock { $0.hash.finalize() } }

  /// Adds bytes at the end.
  func write(_ bytes: [UInt8]) throws(BodyArchive.Failure) {
    let failure = state.withLock { state -> String? in
      var done = 0
      while done < bytes.count {
        let written = bytes.withUnsafeBytes { buffer in
          Glibc.write(state.descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return Self.reason }
        done += written
      }
      state.hash.update(data: bytes)
      state.count += bytes.count
      return nil
    }
    if let failure { throw BodyArchive.Failure(reason: "\(path): \(failure)") }
  }

  /// What was written so far.
  func contents() throws(BodyArchive.Failure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BodyArchive.Failure(reason: "\(path): it cannot be read again")
    }
    return [UInt8](data)
  }

  /// Flushes the file and moves it to `place`, in place of what is there.
  func keep(as place: String) throws(BodyArchive.Failure) {
    let failure = state.withLock { state -> String? in
      guard fsync(state.descriptor) == 0, rename(path, place) == 0 else { return Self.reason }
      close(state.descriptor)
      state.descriptor = -1
      return nil
    }
    if let failure { throw BodyArchive.Failure(reason: "\(place): \(failure)") }
    try flushFolder(of: place)
  }

  /// A renamed file is safe once its folder is.
  private func flushFolder(of place: String) throws(BodyArchive.Failure) {
    let folder = place.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let handle = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { throw BodyArchive.Failure(reason: "\(folder): \(Self.reason)") }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw BodyArchive.Failure(reason: "\(folder): \(Self.reason)") }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
