/// A decision as a segment keeps it, for folds.
@frozen
public struct PackedDecision: Sendable, BitwiseCopyable {
  /// ms.
  public let regret: Int32
  /// The lap.
  public let lap: UInt8
  /// Kind in the low three bits, in the order of `DecisionMade.Kind`, then three of the tyre and two of the pace, both one
  /// more than their number.
  public let what: UInt8
  /// The regret counts as none.
  public let isOptimal: Bool
}

/// Walks over a segment event by event for a fold: frequent events as plain numbers, the others whole.
public struct SegmentCursor {
  /// The next event.
  public enum Step {
    /// A decision on a stream of the segment.
    case decision(PackedDecision, stream: UInt16)
    /// Laps driven on a stream of the segment.
    case advanced(lap: UInt8, stream: UInt16)
    /// Anything else. Versions and the command are left out: zero.
    case other(RecordedEvent)
  }

  private let segment: SegmentColumns
  private let first: Int64
  private let types: [UInt8]
  private let streamOf: [UInt16]
  private let actorOf: [UInt16]
  private let times: [Int64]
  private let streamCount: Int
  private let actorCount: Int
  private let decisionLaps: [UInt8]
  private let decisionWhats: [UInt8]
  private let decisionFlags: [UInt8]
  private let decisionRegrets: [Int32]
  private let advancedLaps: [UInt8]
  private var index = -1
  private var data = SegmentData.Cursor()

  /// In front of a segment's first event.
  public init(_ segment: SegmentColumns) {
    self.segment = segment
    first = segment.first.rawValue
    types = segment.types
    streamOf = segment.streamOf
    actorOf = segment.actorOf
    times = segment.times
    streamCount = segment.streams.count
    actorCount = segment.actors.count
    decisionLaps = segment.data.decisionLaps
    decisionWhats = segment.data.decisionWhats
    decisionFlags = segment.data.decisionFlags
    decisionRegrets = segment.data.decisionRegrets
    advancedLaps = segment.data.advancedLaps
  }

  /// The position of the event given last.
  public var position: Position { Position(rawValue: first + Int64(index)) }
  /// When it was recorded.
  public var time: Timestamp { Timestamp(microseconds: times[index]) }

  /// Moves to the next event; nil behind the last.
  ///
  /// - Throws: ``SegmentError`` for a segment that contradicts itself, `EventDecodingError` for data that are not of
  ///   their type.
  @inline(__always)
  public mutating func next() throws -> Step? {
    index += 1
    guard index < types.count else { return nil }
    let stream = streamOf[index]
    guard Int(stream) < streamCount, Int(actorOf[index]) < actorCount else {
      throw SegmentError.inconsistent("event \(position.rawValue) refers beyond the segment's lists")
    }
    switch types[index] {
    case UInt8(truncatingIfNeeded: EventType.decisionMade.rawValue):
      let place = data.decision
      guard place < decisionLaps.count else { throw SegmentError.inconsistent("a list is too short") }
      data.decision += 1
      return .decision(
        PackedDecision(
          regret: decisionRegrets[place], lap: decisionLaps[place],
          what: decisionWhats[place], isOptimal: decisionFlags[place] != 0),
        stream: stream)
    case UInt8(truncatingIfNeeded: EventType.simulationAdvanced.rawValue):
      let place = data.advanced
      guard place < advancedLaps.count else { throw SegmentError.inconsistent("a list is too short") }
      data.advanced += 1
      return .advanced(lap: advancedLaps[place], stream: stream)
    case let type: return .other(try event(type, stream))
    }
  }

  private mutating func event(_ type: UInt8, _ stream: UInt16) throws -> RecordedEvent {
    let id = segment.streams[Int(stream)]
    let actor = segment.actors[Int(segment.actorOf[index])]
    return RecordedEvent(
      position: position, stream: StreamID(high: id.high, low: id.low), version: .zero,
      actor: actor == SegmentColumns.nobody ? nil : UserID(high: actor.high, low: actor.low), actorVersion: nil,
      command: CommandID(high: 0, low: 0), recordedAt: time, event: try segment.data.event(type, &data))
  }
}
