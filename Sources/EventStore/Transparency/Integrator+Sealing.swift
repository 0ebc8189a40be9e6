internal import Events
internal import Postgres

extension Integrator {
  /// Seals every part of the log that is full and signed, one after the other, until the task is cancelled.
  func seal(_ work: Work, _ leadership: Leadership) async throws(TransparencyError) {
    let segments = SegmentStore(log.reader)
    var number = try await reading { () async throws(ReadError) in try await segments.count() }
    while !Task.isCancelled {
      let last = Int64(number + 1) * Int64(Segment.fullCount)
      guard work.signed >= last else {
        try? await Task.sleep(for: .milliseconds(500))
        continue
      }
      try await seal(number, leadership)
      number += 1
      note { $0.sealed = Position(rawValue: last) }
    }
  }

  private func seal(_ number: Int, _ leadership: Leadership) async throws(TransparencyError) {
    let first = Position(rawValue: Int64(number) * Int64(Segment.fullCount))
    let last = Position(rawValue: first.rawValue + Int64(Segment.fullCount))
    let root = try await store.tiles([TileAddress(level: 1, index: Int64(number))])[0]
      .node(over: 0..<TileAddress.fullWidth)
    let rows = try await reading { () async throws(ReadError) in
      var rows: [EventRow] = []
      rows.reserveCapacity(Segment.fullCount)
      var copied = log.reader.rows(after: first, through: last).makeAsyncIterator()
      while let batch = try await copied.next() { rows += batch }
      return rows
    }
    let segment: Segment
    do throws(SegmentError) {
      segment = try await Self.workshop.result { () throws(SegmentError) in try Segment(sealing: rows, root: root) }
    } catch {
      throw .forked("the events \(first.rawValue + 1) to \(last.rawValue) cannot be sealed: \(error.description)")
    }
    let outcome: String = try await store.asking { () throws(PostgresError) in
      try await leadership.session.query(
        Self.seal, [leadership.epoch, Int64(number), segment.root.bytes, segment.bytes], timeout: .seconds(60)
      ).decode(row: 0, column: 0)
    }
    if outcome != "stored" { throw .unavailable(reason: "another server leads (\(outcome))") }
  }

  private func reading<Value: Sendable>(
    _ body: () async throws(ReadError) -> Value
  ) async throws(TransparencyError) -> Value {
    do throws(ReadError) { return try await body() } catch {
      switch error {
      case .unavailable(let reason): throw .unavailable(reason: reason)
      case .undecodable(let position, let reason):
        throw .unavailable(reason: "event \(position.rawValue) is not understood: \(reason)")
      }
    }
  }

  private static let workshop = Workshop("blame.sealing")
  private static let seal = Statement("log-seal", "SELECT log.seal($1, $2, $3, $4)")
}
