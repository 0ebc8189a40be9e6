public import Events

extension ReadModel {
  /// Applies a segment's events that come next. The same as applying them one by one, and many times faster: an
  /// identifier is looked up once a segment, and frequent events are never put together.
  ///
  /// The model may stand within the segment already, and may be left within it.
  /// - Parameter end: the last event that is applied, where that is not the segment's last.
  /// - Throws: ``PoisonEvent`` as for single events; events before it are applied. ``SegmentError`` and
  ///   `EventDecodingError` for a segment whose content is not sound.
  public mutating func apply(_ segment: SegmentColumns, through end: Position? = nil) throws {
    guard segment.first <= position.next else {
      throw PoisonEvent(position: segment.first, reason: .outOfOrder(expected: position.next))
    }
    let end = end ?? Position(rawValue: .max)
    var known = [Link](repeating: .none, count: segment.streams.count)
    var cursor = SegmentCursor(segment)
    while cursor.position < position { guard try next(&cursor) != nil else { return } }
    while cursor.position < end, let step = try next(&cursor) {
      do throws(PoisonReason) {
        switch step {
        case nil: break
        case .decision(let decision, let stream):
          let run = try runGoingOn(stream, of: segment, &known)
          if !isErased(run) {
            decide(DecisionRow(decision, run: run), at: cursor.position, cursor.time)
          }
        case .advanced(let lap, let stream):
          let run = try runGoingOn(stream, of: segment, &known)
          if !isErased(run) {
            touch(run, cursor.time)
            drive(run, to: lap)
          }
        case .other(let event): try take(event)
        }
      } catch {
        throw PoisonEvent(position: cursor.position, reason: error.reason)
      }
      position = cursor.position
    }
  }

  /// The next step; nil inside for an event that is passed over.
  @inline(__always)
  private func next(_ cursor: inout SegmentCursor) throws -> SegmentCursor.Step?? {
    if quarantine.isEmpty { return try cursor.next().map { .some($0) } }
    do {
      guard let step = try cursor.next() else { return nil }
      return .some(quarantine.contains(cursor.position) ? nil : step)
    } catch let error as EventDecodingError {
      guard quarantine.contains(cursor.position) else { throw error }
      return .some(nil)
    }
  }

  /// The run of a segment's stream, which must not be over.
  private func runGoingOn(
    _ stream: UInt16, of segment: SegmentColumns, _ known: inout [Link]
  ) throws(PoisonReason) -> UInt32 {
    let place = Int(stream)
    if let run = known[place].ordinal, runs[run].status == .running { return run }
    let run = try runGoingOn(StreamID(high: segment.streams[place].high, low: segment.streams[place].low))
    known[place] = Link(run)
    return run
  }
}
