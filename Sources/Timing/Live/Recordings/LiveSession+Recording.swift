/// Sessions out of recordings.
extension LiveSession {
  /// A session out of recordings, in the order recorded; they may overlap. Files of states alone may stand anywhere.
  ///
  /// - Throws: `notFound` where no file holds a message or a state; the errors of reading a file.
  public init(
    recordings paths: [String], kind: SessionKind? = nil, facts: RaceFacts = RaceFacts(),
    limits: ReadingLimits = ReadingLimits()
  ) throws(TimingError) {
    self.init()
    self.facts = facts
    label = paths.first ?? "recording"
    givenKind = kind
    var recordings: [Recording] = []
    for path in paths {
      let file = try InputFile(path: path, limits: limits)
      files.append(("recording", file.source))
      recordings.append(Recording(file.bytes, input: path))
    }
    guard recordings.contains(where: { !$0.messages.isEmpty || !$0.states.isEmpty }) else {
      throw .notFound(path: label, lookedFor: ["messages of the live feed (a recording)"])
    }
    take(recordings)
  }

  /// A session out of recordings that are in memory.
  public init(recorded bytes: [[UInt8]], kind: SessionKind? = nil, official: OfficialResults = OfficialResults()) {
    self.init()
    givenKind = kind
    self.official = official
    label = "recording"
    take(bytes.enumerated().map { Recording($0.element, input: "recording \($0.offset + 1)") })
  }

  /// Takes recordings in, in the order recorded.
  mutating func take(_ given: [Recording]) {
    var recordings = given
    for index in recordings.indices.dropLast() { recordings[index].dropOverlap(with: recordings[index + 1]) }
    reports = recordings.map(\.report)
    let states = recordings.flatMap(\.states)
    var messages: [RecordedMessage] = []
    for recording in recordings { messages += recording.messages }
    let sorted = messages.enumerated()
      .sorted { ($0.element.stamp ?? .min, $0.offset) < ($1.element.stamp ?? .min, $1.offset) }.map(\.element)
    let begin = RecordingClock.begin(states, sorted)
    let origin = RecordingClock.start(states, sorted) ?? begin ?? 0
    recordedOrigin = origin
    topics.timing.isRecording = true
    for state in states { feed(state, at: (begin ?? origin) - origin, isState: true) }
    for message in sorted { feed(message, at: (message.utc ?? origin) - origin, isState: false) }
    missingTopics = LiveTopics.names.filter { !LiveTopics.optional.contains($0) && !seen($0, states, sorted) }
    topics.completeStatuses(origin: origin)
  }

  private func seen(_ topic: String, _ states: [RecordedMessage], _ messages: [RecordedMessage]) -> Bool {
    states.contains { $0.topic == topic } || messages.contains { $0.topic == topic }
  }

  /// A patch that says nothing usable reaches no table.
  private mutating func feed(_ message: RecordedMessage, at time: Int, isState: Bool) {
    guard LiveTopics.names.contains(message.topic) else { return }
    var scanner = JSONScanner(message.payload)
    if isState {
      _ = topics.join(message.topic, time, &scanner)
    } else if message.isRejoining {
      _ = topics.rejoin(message.topic, time, &scanner)
    } else {
      _ = topics.read(message.topic, time, &scanner)
    }
  }
}

/// Which moment a recording counts from.
enum RecordingClock {
  /// UTC of the first start that the recording tells of.
  static func start(_ states: [RecordedMessage], _ messages: [RecordedMessage]) -> Int? {
    var starts: [Int] = []
    for message in states + messages where message.topic == "SessionData" {
      for (_, entry) in JSONValue(message.payload)?["StatusSeries"]?.indexed ?? [] {
        guard entry["SessionStatus"]?.string == "Started", let utc = entry["Utc"]?.string.flatMap(UTCText.instant)
        else { continue }
        starts.append(utc)
      }
    }
    return starts.min()
  }

  /// UTC of the state a recording begins with, else of its first message.
  static func begin(_ states: [RecordedMessage], _ messages: [RecordedMessage]) -> Int? {
    let first = messages.first?.utc
    let told = states.compactMap { state in
      state.topic == "Heartbeat" ? JSONValue(state.payload)?["Utc"]?.string.flatMap(UTCText.instant) : nil
    }
    guard let state = told.max() else { return first }
    return first.map { min($0, state) } ?? state
  }
}
