internal import Events

/// What a batch that is on disk means: an answer for each command, and the events for whoever follows the log.
struct BatchResults: Sendable {
  private(set) var answers: [Result<Appended, AppendError>] = []
  private(set) var events: [RecordedEvent] = []
  /// Position of the last event that the batch appended or, as a repeat, found.
  private(set) var last = Position.zero
  private var nextRun = 0
  private var nextPosition: Int64

  /// - Parameter isResent: tells of each command whether it was sent more than once, so that what looks like a repeat
  ///   may be its own first attempt.
  init(_ commands: [EncodedAppend], _ reply: AppendReply, isResent: (Int) -> Bool) {
    nextPosition = reply.last + 1
    answers.reserveCapacity(commands.count)
    events.reserveCapacity(commands.reduce(0) { $0 + $1.eventCount })
    for (index, command) in commands.enumerated() {
      switch reply.outcomes?[index] ?? .accepted {
      case .accepted: accept(command, reply)
      case .repeated(let first, let count, let answer):
        let isOwn = isResent(index) && answer == command.append.answer && count == command.eventCount
        let appended = Appended(first: first, count: count, isRepeat: !isOwn, answer: answer)
        last = max(last, appended.last)
        answers.append(.success(appended))
      case .refused(let stream, let found):
        answers.append(.failure(command.conflict(stream, found)))
      }
    }
  }

  private mutating func accept(_ command: EncodedAppend, _ reply: AppendReply) {
    let append = command.append
    let first = nextPosition
    var index = 0
    for run in command.runs {
      var version = reply.bases[nextRun]
      var actorVersion = reply.actorBases[nextRun]
      nextRun += 1
      for _ in 0..<run.count {
        version += 1
        actorVersion? += 1
        events.append(
          RecordedEvent(
            position: Position(rawValue: nextPosition), stream: run.stream, version: Version(rawValue: version),
            actor: append.actor, actorVersion: actorVersion.map { Version(rawValue: $0) }, command: append.command,
            recordedAt: reply.recordedAt, event: append.events[index].event))
        nextPosition += 1
        index += 1
      }
    }
    last = Position(rawValue: nextPosition - 1)
    answers.append(
      .success(
        Appended(
          first: Position(rawValue: first), count: command.eventCount, isRepeat: false, answer: append.answer)))
  }
}

extension EncodedAppend {
  fileprivate func conflict(_ stream: StreamID, _ found: Version) -> AppendError {
    let expected = append.expectations.first { $0.stream == stream && $0.version != .any }?.version ?? .any
    return .conflict(stream: stream, expected: expected, found: found)
  }
}
