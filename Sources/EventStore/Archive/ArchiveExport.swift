public import Events
internal import Postgres

/// Copies the log into an archive: segments that it does not have yet, the end, and the checkpoint over them.
public struct ArchiveExport: Sendable {
  private let reader: EventReader
  private let tree: TreeStore
  private let segments: SegmentStore

  /// An export of a reader's log.
  public init(_ reader: EventReader) {
    self.reader = reader
    tree = TreeStore(reader)
    segments = SegmentStore(reader)
  }

  /// What was exported.
  public struct Outcome: Sendable, Equatable {
    /// Segments written now.
    public var written = 0
    /// Full segments in the archive.
    public var segments = 0
    /// The last event in it.
    public var last = Position.zero
    /// The size of its checkpoint; nil where the log is not signed.
    public var signed: Int64?
  }

  /// Why an export came to nothing.
  public enum Failure: Error, Sendable {
    /// The log cannot be read.
    case log(ReadError)
    /// The archive cannot be written.
    case archive(Archive.Failure)
    /// The log cannot be sealed.
    case seal(SegmentError)
  }

  /// Exports. Segments that were sealed come from the database as they are; others are sealed here.
  public func run(
    to archive: Archive, progress: @Sendable (Position, Position) -> Void = { _, _ in }
  ) async throws(Failure) -> Outcome {
    var outcome = Outcome()
    let newest = try? await tree.checkpoint()
    let last = try await reading { () async throws(ReadError) in try await reader.last() }
    let full = Int(last.rawValue) / Segment.fullCount
    for number in archive.segmentCount..<max(full, archive.segmentCount) {
      let segment = try await segment(number)
      try writing { () throws(Archive.Failure) in try archive.keep(segment, number: number) }
      outcome.written += 1
      progress(segment.last, last)
    }
    let rest = try await rows(after: Position(rawValue: Int64(full * Segment.fullCount)), through: last)
    let end = rest.isEmpty ? nil : try seal(rest)
    try writing { () throws(Archive.Failure) in
      try archive.keepEnd(end)
      if let note = newest?.note { try archive.keep(note) }
    }
    progress(last, last)
    outcome.segments = full
    outcome.last = last
    outcome.signed = newest?.checkpoint.size
    return outcome
  }

  private func segment(_ number: Int) async throws(Failure) -> Segment {
    let stored = try await reading { () async throws(ReadError) in try await segments.segment(number) }
    if let stored { return stored }
    let first = Int64(number * Segment.fullCount)
    return try seal(
      try await rows(after: Position(rawValue: first), through: Position(rawValue: first + Int64(Segment.fullCount))))
  }

  private func seal(_ rows: [EventRow]) throws(Failure) -> Segment {
    do throws(SegmentError) { return try Segment(sealing: rows) } catch { throw .seal(error) }
  }

  private func rows(after position: Position, through end: Position) async throws(Failure) -> [EventRow] {
    if end <= position { return [] }
    return try await reading { () async throws(ReadError) in
      var rows: [EventRow] = []
      var copied = reader.rows(after: position, through: end).makeAsyncIterator()
      while let batch = try await copied.next() { rows += batch }
      return rows
    }
  }

  private func reading<Value: Sendable>(
    _ body: () async throws(ReadError) -> Value
  ) async throws(Failure) -> Value {
    do throws(ReadError) { return try await body() } catch { throw .log(error) }
  }

  private func writing(_ body: () throws(Archive.Failure) -> Void) throws(Failure) {
    do throws(Archive.Failure) { try body() } catch { throw .archive(error) }
  }
}
