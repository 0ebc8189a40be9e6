import Foundation

/// A file that is there for the first time, and gets longer.
final class NewFile: Sendable {
  private let handle: FileHandle

  /// Makes the file; a usage error where there is one already, which is left as it is.
  init(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "is there already" : "cannot be made (\(String(cString: strerror(errno))))"
      throw Failure.usage("\(path) \(reason): name a new file.")
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Writes to the end.
  func append(_ bytes: [UInt8]) throws { try handle.write(contentsOf: Data(bytes)) }
}
