/// A recording of the live feed: what a client of the hub wrote down, in whichever shape.
struct Recording: Sendable {
  /// States of topics at the beginning.
  private(set) var states: [RecordedMessage] = []
  /// Messages in the order written.
  private(set) var messages: [RecordedMessage] = []
  /// Values read and skipped. `lines` counts values.
  private(set) var report: ReadingReport

  private var values = RecordingValues()

  /// An empty recording of that name.
  init(input: String) {
    report = ReadingReport(input: input)
  }

  /// The recording in those bytes.
  init(_ bytes: [UInt8], input: String) {
    self.init(input: input)
    take(bytes)
    finish()
  }

  /// Takes the next bytes in.
  mutating func take(_ chunk: [UInt8]) {
    var values = values
    values.take(chunk) { read($0, $1, $2) }
    self.values = values
  }

  /// The input has ended.
  mutating func finish() {
    var values = values
    values.finish { read($0, $1, $2) }
    self.values = values
  }

  /// Drops from the end what the next recording begins with.
  mutating func dropOverlap(with next: Recording) {
    guard let first = next.messages.first else { return }
    let places = messages.indices.filter { messages[$0] == first }
    let exact = places.first { place in
      zip(messages[place...], next.messages).allSatisfy { $0 == $1 }
    }
    if let place = exact ?? places.last { messages.removeSubrange(place...) }
  }

  private mutating func read(_ bytes: [UInt8], _ piece: RecordingValues.Piece, _ offset: Int) {
    report.lines += 1
    switch piece {
    case .junk(let range):
      skip(at: offset + range.lowerBound, range.count > RecordingValues.longestValue ? "it is too long" : "no value")
    case .value(let range):
      switch RecordedValue(bytes, range) {
      case .bad(let reason): skip(at: offset + range.lowerBound, reason)
      case .snapshot(let topics): states += topics
      case .answer(let topics): takeAnswer(topics)
      case .upkeep: break
      case .message(let message):
        if let stamp = message.stamp, let latest = messages.last?.stamp, stamp < latest { report.backwardStamps += 1 }
        messages.append(message)
      }
    }
    report.accepted = report.lines - report.skipped
  }

  /// The first state is how the recording begins; a later one tells what was missed.
  private mutating func takeAnswer(_ topics: [RecordedMessage]) {
    guard let latest = messages.last?.stamp else {
      states += topics
      return
    }
    let told = topics.first { $0.topic == "Heartbeat" }.flatMap { JSONValue($0.payload)?["Utc"]?.string }
    let stamp = max(latest, told.flatMap(RecordedStamp.ticks) ?? latest)
    messages += topics.map { RecordedMessage(topic: $0.topic, payload: $0.payload, stamp: stamp, isRejoining: true) }
  }

  private mutating func skip(at offset: Int, _ reason: String) {
    report.skip(line: report.lines, byteOffset: offset, reason)
  }
}

extension Recording {
  /// Bytes that tell whether a file is a recording: a state of every topic fits.
  private static let headBytes = 1 << 20

  /// The bytes look like a recording: the first values hold a message or a state of topics.
  static func isRecording(_ bytes: [UInt8]) -> Bool {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let first = bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0).first { $0 > 0x20 }
    guard first == JSONByte.openBrace || first == JSONByte.openBracket else { return false }
    let recording = Recording(Array(bytes.prefix(headBytes)), input: "")
    return !recording.messages.isEmpty || !recording.states.isEmpty
  }
}
