/// Follows a recording as it grows: bytes go in as they are written, and a session comes out whenever a lap has ended.
public struct RecordingFollower: Sendable {
  /// What is known beside the recording.
  public var facts: RaceFacts
  /// Laps whose end was announced so far, of all cars.
  public private(set) var lapEnds = 0

  private var recording: Recording
  private let kind: SessionKind?
  private var seen = 0
  private var told = 0

  /// Follows a recording from its beginning.
  public init(input: String = "recording", kind: SessionKind? = nil, facts: RaceFacts = RaceFacts()) {
    recording = Recording(input: input)
    self.kind = kind
    self.facts = facts
  }

  /// Values read and skipped so far.
  public var report: ReadingReport { recording.report }

  /// Takes the next bytes in. A value that is not complete yet is kept until it is.
  public mutating func take(_ bytes: [UInt8]) {
    recording.take(bytes)
    for message in recording.messages[seen...] where message.topic.hasPrefix("TimingData") {
      if message.payload.contains(word: "\"NumberOfLaps\"") || message.payload.contains(word: "'NumberOfLaps'") {
        lapEnds += 1
      }
    }
    seen = recording.messages.count
  }

  /// The session as it stands, where a lap ended since this was last asked; else nil.
  ///
  /// - Complexity: O(messages so far).
  public mutating func update() -> LiveSession? {
    guard lapEnds > told else { return nil }
    told = lapEnds
    return session
  }

  /// The session as it stands.
  ///
  /// - Complexity: O(messages so far).
  public var session: LiveSession {
    var session = LiveSession()
    session.facts = facts
    session.givenKind = kind
    session.label = recording.report.input
    session.take([recording])
    return session
  }
}

extension [UInt8] {
  /// The bytes hold that text.
  fileprivate func contains(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard self.count >= count else { return false }
    return word.withUTF8Buffer { wanted in
      withUnsafeBufferPointer { bytes in
        (0...(bytes.count - count)).contains { start in
          bytes[start] == wanted[0] && (1..<count).allSatisfy { bytes[start + $0] == wanted[$0] }
        }
      }
    }
  }
}
