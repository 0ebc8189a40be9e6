import Crypto
import FoundationEssentials
import Racing

/// The bytes of one file, unpacked when they are gzip, with the digest of what is on disk.
struct InputFile: Sendable {
  /// The path as given, for messages.
  let path: String
  /// The name within its source, for the record: the same on every machine.
  let name: String
  /// The unpacked bytes.
  let bytes: [UInt8]
  /// SHA-256 of the file as it is on disk, in lower-case hexadecimal.
  let digest: String

  /// Reads the whole file; gzip is recognised by its first two bytes, whatever the name.
  ///
  /// - Throws: `unreadable`, `tooLarge`, `emptyFile`, `truncatedGzip`, `corruptGzip`.
  init(path: String, name: String? = nil, limits: ReadingLimits = ReadingLimits()) throws(TimingError) {
    try self.init(path: path, name: name, stored: InputFile.load(path: path, limits: limits), limits: limits)
  }

  /// Bytes that are in memory already.
  ///
  /// - Throws: `emptyFile`, `tooLarge`, `truncatedGzip`, `corruptGzip`.
  init(
    path: String, name: String? = nil, stored: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(TimingError) {
    self.path = path
    self.name = name ?? path.split(separator: "/").last.map(String.init) ?? path
    digest = hexadecimal(SHA256.hash(data: stored))
    bytes = stored.starts(with: [0x1f, 0x8b]) ? try gunzip(stored, file: path, limitBytes: limits.fileBytes) : stored
    if bytes.isEmpty { throw .emptyFile(file: path) }
  }

  /// The file without its bytes.
  struct Source: Sendable, Equatable {
    let name: String
    let digest: String
  }

  /// The file without its bytes.
  var source: Source { Source(name: name, digest: digest) }

  /// What the record says about the file.
  func provenance(part: String, source: String) -> Provenance {
    Provenance(part: part, source: source, location: name, digest: digest)
  }

  private static func load(path: String, limits: ReadingLimits) throws(TimingError) -> [UInt8] {
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      if let size = attributes[.size] as? Int, size > limits.fileBytes { throw TooLarge() }
      let data = try Data(contentsOf: URL(filePath: path))
      if data.count > limits.fileBytes { throw TooLarge() }
      return [UInt8](data)
    } catch is TooLarge {
      throw .tooLarge(file: path, limitBytes: limits.fileBytes)
    } catch {
      throw .unreadable(file: path, reason: FileManager.default.fileExists(atPath: path) ? "\(error)" : "no such file")
    }
  }

  private struct TooLarge: Error {}
}
