/// Why bytes are not a segment, or not the one that they should be.
public enum SegmentError: Error, Sendable, Equatable {
  /// They do not begin and end as a segment does.
  case notASegment
  /// Another program's form.
  case otherVersion(UInt32)
  /// A part does not have the checksum written beside it.
  case damaged(part: String)
  /// The parts contradict each other.
  case inconsistent(String)
  /// The events in it do not lead to the root that it names.
  case wrongRoot(first: Position)
}

extension SegmentError: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .notASegment: "this is not a segment of a log"
    case .otherVersion(let version): "the segment has version \(version), this program reads \(Segment.version)"
    case .damaged(let part): "the segment is damaged: \(part) does not have its checksum"
    case .inconsistent(let what): "the segment contradicts itself: \(what)"
    case .wrongRoot(let first): "the events from \(first.rawValue) on are not those that the segment was sealed over"
    }
  }
}
