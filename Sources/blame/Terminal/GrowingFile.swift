import Foundation

/// A file that somebody else writes to the end of.
struct GrowingFile {
  /// How long to wait before looking for more.
  static let pause = Duration.milliseconds(200)

  private static let chunk = 1 << 18
  private let handle: FileHandle
  private let path: String

  /// Opens the file; a usage error where it cannot be read.
  init(_ path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure.usage("\(path) cannot be read: give --from with a recording of the live feed.")
    }
    self.handle = handle
    self.path = path
  }

  /// What was written since the last call, up to some size; nil when there is nothing yet.
  func next() throws -> [UInt8]? {
    do {
      guard let data = try handle.read(upToCount: Self.chunk), !data.isEmpty else {
        guard try handle.offset() <= size() else { throw Failure.failed("\(path) was cut while it was followed.") }
        return nil
      }
      return Array(data)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure.usage("\(path) cannot be read: \(error.localizedDescription)")
    }
  }

  private func size() throws -> UInt64 {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.uint64Value ?? 0
  }
}
