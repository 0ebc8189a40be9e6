import Events
import Postgres
import TestSupport
import Testing

@testable import EventStore

@Suite(.timeLimit(.minutes(5)))
struct AppendSemanticsTests {
  @Test(arguments: [UInt64](1...6))
  func `random batches leave the same answers and the same log as a log in memory`(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    print("seed \(seed)")
    let store = try await Store()
    let session = try await store.session(as: "blame_app")
    let model = MemoryLog()
    var game = BatchGame(&random)
    for _ in 0..<60 {
      let batch = game.batch(&random)
      let encoded = batch.map { EncodedAppend($0) }
      let parameters = AppendStatement.parameters(of: encoded, isFlushedLater: .random(using: &random))
      let reply = try AppendReply(try await session.query(AppendStatement.statement, parameters))
      let results = BatchResults(encoded, reply, isResent: { _ in false })
      let expected = model.answers(to: batch)
      for (index, (got, wanted)) in zip(results.answers, expected).enumerated() {
        try #require(
          agree(got, wanted, batch[index]), "seed \(seed), command \(index) of \(BatchGame.summary(batch)): got \(got)")
      }
      try #require(results.events.map(\.timeless) == model.events(after: game.position).map(\.timeless))
      game.learn(model)
    }
    var copied: [RecordedEvent] = []
    for try await page in EventReader(pool: Pool(store.app)).copy() { copied += page }
    #expect(copied.map(\.timeless) == model.events(after: .zero).map(\.timeless))
    #expect(copied.count > 200)
    #expect(zip(copied, copied.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt })
    await session.close()
  }

  private func agree(
    _ one: Result<Appended, AppendError>, _ other: Result<Appended, AppendError>, _ append: Append
  ) -> Bool {
    switch (one, other) {
    case (.success(let one), .success(let other)): one == other
    case (.failure(.conflict(let stream, let expected, let found)), .failure(.conflict(let first, _, let firstFound))):
      // Where several expectations fail, either may be named.
      (stream == first && found == firstFound || append.expectations.count > 1)
        && append.expectations.contains(.init(stream: stream, version: expected))
    default: false
    }
  }

  @Test func `a stale version is refused with what was expected and found, and nothing is written`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      let stream = StreamID(1)
      _ = try await log.append(.one(CommandID(1), on: stream, expecting: .none))
      _ = try await log.append(.one(CommandID(2), on: stream, expecting: .exactly(Version(rawValue: 1))))
      let stale = ExpectedVersion.exactly(Version(rawValue: 1))
      await #expect(throws: AppendError.conflict(stream: stream, expected: stale, found: Version(rawValue: 2))) {
        _ = try await log.append(.one(CommandID(3), on: stream, expecting: stale))
      }
      await #expect(throws: AppendError.conflict(stream: stream, expected: .none, found: Version(rawValue: 2))) {
        _ = try await log.append(.one(CommandID(4), on: stream, expecting: .none))
      }
      await #expect(throws: AppendError.conflict(stream: StreamID(9), expected: .exists, found: .zero)) {
        _ = try await log.append(.one(CommandID(5), on: StreamID(9), expecting: .exists))
      }
      #expect(try await log.reader.last() == Position(rawValue: 2))
      #expect(try await log.answer(to: CommandID(3)) == nil)
    }
  }

  @Test func `a command sent again gets its first answer, whatever it says the second time`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      let first = try await log.append(.one(CommandID(1), on: StreamID(1), expecting: .none, lap: 7))
      var again = first
      again.isRepeat = true
      #expect(try await log.append(.one(CommandID(1), on: StreamID(1), expecting: .none, lap: 7)) == again)
      #expect(try await log.append(.one(CommandID(1), on: StreamID(2), lap: 9)) == again)
      #expect(try await log.answer(to: CommandID(1)) == again)
      #expect(try await log.reader.last() == first.last)
    }
  }

  @Test func `the same command from many callers at once happens once`() async throws {
    let store = try await Store()
    let answers = try await store.withLog { log in
      try await withThrowingTaskGroup { group in
        for index in 0..<200 {
          group.addTask { try await log.append(.one(CommandID(UInt64(index % 4)), on: StreamID(1), lap: 3)) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(Set(answers.map(\.first)).count == 4)
    #expect(answers.filter { !$0.isRepeat }.count == 4)
  }

  @Test func `only read committed is accepted`() async throws {
    let store = try await Store()
    let session = try await store.session(as: "blame_app")
    let call = AppendStatement.statement.with(
      AppendStatement.parameters(of: [EncodedAppend(.one(CommandID(1), on: StreamID(1)))], isFlushedLater: false))
    let begin = Statement(unnamed: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    let error = await #expect(throws: PostgresError.self) { try await session.pipeline([begin.with([]), call]) }
    #expect(error?.message.contains("READ COMMITTED") == true)
    await session.close()
  }

  @Test func `starts that do not divide the events are refused`() async throws {
    let store = try await Store()
    let session = try await store.session(as: "blame_app")
    for (starts, runs) in [("{1}", "{2}"), ("{2}", "{1}"), ("{1}", "{1,1}"), ("{1}", "{1,9}"), ("{1,2}", "{1,2}")] {
      let error = await #expect(throws: PostgresError.self, "\(starts) \(runs)") {
        try await session.execute(
          """
          SELECT * FROM log.append(array[gen_random_uuid()], '{NULL}', array[''::bytea], '\(starts)',
            array_fill(1, array[cardinality('\(runs)'::int[])]), array_fill(gen_random_uuid(),
            array[cardinality('\(runs)'::int[])]), '\(runs)', NULL, '{A,B}', array['{}', '{}']::json[], NULL, NULL, NULL)
          """)
      }
      #expect(error?.sqlState == "22023" || error?.sqlState == "23502")
    }
    #expect(try await EventReader(pool: Pool(store.app)).last() == .zero)
    await session.close()
  }
}

extension RecordedEvent {
  /// Without the time, which two logs do not share.
  var timeless: RecordedEvent {
    var event = self
    event.recordedAt = Timestamp(microseconds: 0)
    return event
  }
}

extension MemoryLog {
  /// What a batch should be answered: the same command twice in it gets one outcome.
  fileprivate func answers(to batch: [Append]) -> [Result<Appended, AppendError>] {
    var refused: [CommandID: AppendError] = [:]
    return batch.map { append in
      if let error = refused[append.command] { return .failure(error) }
      do throws(AppendError) {
        return .success(try appendNow(append))
      } catch {
        refused[append.command] = error
        return .failure(error)
      }
    }
  }
}

/// Makes batches that conflict, repeat and share streams often enough.
private struct BatchGame {
  private let streams: [StreamID]
  private let actors: [UserID?]
  private var sent: [Append] = []
  private var versions: [StreamID: Int32] = [:]
  private(set) var position = Position.zero

  init(_ random: inout SplitMix64) {
    streams = (0..<5).map { _ in .random(&random) }
    actors = [nil, .random(&random), .random(&random)]
  }

  mutating func batch(_ random: inout SplitMix64) -> [Append] {
    let size = Int.random(in: 1...9, using: &random)
    return (0..<size).map { _ in next(&random) }
  }

  private mutating func next(_ random: inout SplitMix64) -> Append {
    if Int.random(in: 0..<6, using: &random) == 0, let old = sent.suffix(12).randomElement(using: &random) {
      return old
    }
    let runs = Int.random(in: 1...3, using: &random)
    var events: [Append.NewEvent] = []
    for _ in 0..<runs {
      let stream = streams.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        events.append(.init(stream: stream, event: .random(&random)))
      }
    }
    var expectations: [Append.Expectation] = []
    for stream in streams.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random)) {
      expectations.append(.init(stream: stream, version: version(of: stream, &random)))
    }
    let append = Append(
      command: .random(&random), actor: actors.randomElement(using: &random)!, expectations: expectations,
      events: events, answer: Array("{\"n\":\(sent.count)}".utf8))
    sent.append(append)
    return append
  }

  private func version(of stream: StreamID, _ random: inout SplitMix64) -> ExpectedVersion {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .none
    case 1: .any
    case 2, 3: .exists
    default: .exactly(Version(rawValue: versions[stream, default: 0] + .random(in: 0...1, using: &random)))
    }
  }

  /// The commands with their last digits, to read a failure by.
  static func summary(_ batch: [Append]) -> String {
    batch.map { append in
      let runs = append.events.map { "\($0.stream)".suffix(3) }.joined(separator: ",")
      let guards = append.expectations.map { "\("\($0.stream)".suffix(3))=\($0.version)" }.joined(separator: ",")
      return "[\("\(append.command)".suffix(3)) writes \(runs) expects \(guards)]"
    }.joined(separator: " ")
  }

  mutating func learn(_ model: MemoryLog) {
    for event in model.events(after: position) { versions[event.stream] = event.version.rawValue }
    position = model.head
  }
}
