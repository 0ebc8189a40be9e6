public import Events
internal import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A folder of segments: the log outside any database. Full segments are `segment-000000.blame` and on; the unfinished end,
/// where it was exported, is `end.blame`; the checkpoint they were exported under is `checkpoint`.
public struct Archive: Sendable {
  /// The folder.
  public let path: String

  /// The archive in a folder.
  public init(path: String) { self.path = path }

  /// Why an archive cannot be used.
  public enum Failure: Error, Sendable, Equatable {
    /// A file cannot be read or written.
    case file(path: String, reason: String)
    /// A segment is damaged.
    case segment(path: String, SegmentError)
    /// The segments do not follow each other, or do not fit the checkpoint.
    case wrong(String)
  }

  /// How many full segments lie there.
  public var segmentCount: Int {
    var count = 0
    while access(name(of: count), F_OK) == 0 { count += 1 }
    return count
  }

  private func name(of number: Int) -> String {
    let digits = String(number)
    return "\(path)/segment-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).blame"
  }

  private var endName: String { "\(path)/end.blame" }
  private var checkpointName: String { "\(path)/checkpoint" }

  /// A full segment.
  public func segment(_ number: Int) throws(Failure) -> Segment { try read(name(of: number)) }

  /// The log's unfinished end; nil where none was exported.
  public func end() throws(Failure) -> Segment? { access(endName, F_OK) == 0 ? try read(endName) : nil }

  /// The checkpoint it was exported under; nil where there is none.
  public func checkpoint() throws(Failure) -> SignedNote? {
    guard access(checkpointName, F_OK) == 0 else { return nil }
    let text = String(decoding: try bytes(checkpointName), as: UTF8.self)
    do throws(ProofError) { return try SignedNote(text) } catch { throw .wrong("the checkpoint: \(error.description)") }
  }

  private func read(_ file: String) throws(Failure) -> Segment {
    let bytes = try bytes(file)
    do throws(SegmentError) { return try Segment(bytes: bytes) } catch { throw .segment(path: file, error) }
  }

  private func bytes(_ file: String) throws(Failure) -> [UInt8] {
    do { return try Array(Data(contentsOf: URL(filePath: file))) } catch {
      throw .file(path: file, reason: "it cannot be read")
    }
  }

  /// Keeps a full segment.
  public func keep(_ segment: Segment, number: Int) throws(Failure) { try write(segment.bytes, to: name(of: number)) }

  /// Keeps the log's unfinished end, in place of an older one; nil removes it.
  public func keepEnd(_ segment: Segment?) throws(Failure) {
    guard let segment else {
      unlink(endName)
      return
    }
    try write(segment.bytes, to: endName)
  }

  /// Keeps the checkpoint.
  public func keep(_ note: SignedNote) throws(Failure) { try write(Array(note.description.utf8), to: checkpointName) }

  /// A file is there whole or not at all, also after a loss of power: written beside, synced, renamed, folder synced.
  private func write(_ bytes: [UInt8], to name: String) throws(Failure) {
    mkdir(path, 0o755)
    let beside = name + ".new"
    let file = open(beside, O_CREAT | O_TRUNC | O_WRONLY, 0o644)
    guard file >= 0 else { throw .file(path: name, reason: Self.reason) }
    var at = 0
    while at < bytes.count {
      let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + at, bytes.count - at) }
      guard written > 0 else {
        close(file)
        throw .file(path: name, reason: Self.reason)
      }
      at += written
    }
    let isSynced = fsync(file) == 0
    close(file)
    guard isSynced, rename(beside, name) == 0 else { throw .file(path: name, reason: Self.reason) }
    let folder = open(path, O_RDONLY)
    defer { close(folder) }
    guard folder >= 0, fsync(folder) == 0 else { throw .file(path: path, reason: Self.reason) }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

extension Archive.Failure: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .file(let path, let reason): "the file \(path): \(reason)"
    case .segment(let path, let error): "\(path): \(error.description)"
    case .wrong(let reason): reason
    }
  }
}
