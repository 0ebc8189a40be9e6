import Events
import TestSupport
import Testing

struct MemoryLogRules {
  let log = MemoryLog(now: { Timestamp(microseconds: 5) })
  let stream = StreamID(high: 1, low: 1)
  let other = StreamID(high: 1, low: 2)
  let user = UserID(high: 9, low: 9)

  func command(
    _ id: UInt64, _ expected: ExpectedVersion = .any, on stream: StreamID? = nil, count: Int = 1, answer: [UInt8] = []
  ) -> Append {
    let stream = stream ?? self.stream
    return Append(
      command: CommandID(high: 0, low: id), actor: user, expectations: [.init(stream: stream, version: expected)],
      events: (0..<count).map { .init(stream: stream, event: .simulationAdvanced(.init(lap: Int32($0)))) },
      answer: answer)
  }

  @Test func `positions, versions and actor versions are dense`() async throws {
    _ = try await log.append(command(1, count: 2))
    _ = try await log.append(command(2, on: other))
    _ = try await log.append(command(3))
    let events = log.events(after: .zero)
    #expect(events.map(\.position.rawValue) == [1, 2, 3, 4])
    #expect(events.map(\.version.rawValue) == [1, 2, 1, 3])
    #expect(events.map(\.actorVersion?.rawValue) == [1, 2, 3, 4])
    #expect(try await log.events(of: stream, after: Version(rawValue: 1)).map(\.position.rawValue) == [2, 4])
    #expect(log.head == Position(rawValue: 4))
  }

  @Test func `a command that comes again gets its first answer, whatever it expects`() async throws {
    let first = try await log.append(command(1, .none, answer: [1, 2]))
    let again = try await log.append(command(1, .none, count: 3, answer: [9]))
    #expect(!first.isRepeat && again.isRepeat)
    #expect(again.first == first.first && again.count == 1 && again.answer == [1, 2])
    #expect(log.head == Position(rawValue: 1))
    #expect(try await log.answer(to: CommandID(high: 0, low: 1)) == again)
    #expect(try await log.answer(to: CommandID(high: 0, low: 2)) == nil)
  }

  @Test func `what is expected must hold, else nothing is written`() async throws {
    _ = try await log.append(command(1, .none, count: 2))
    for expected in [ExpectedVersion.none, .exactly(Version(rawValue: 1))] {
      let conflict = AppendError.conflict(stream: stream, expected: expected, found: Version(rawValue: 2))
      await #expect(throws: conflict) { try await log.append(command(2, expected)) }
    }
    await #expect(throws: AppendError.conflict(stream: other, expected: .exists, found: .zero)) {
      try await log.append(command(3, .exists, on: other))
    }
    #expect(log.head == Position(rawValue: 2))
    _ = try await log.append(command(2, .exactly(Version(rawValue: 2))))
    _ = try await log.append(command(3, .exists))
    #expect(log.head == Position(rawValue: 4))
  }

  @Test func `a subscriber sees every event once and in order, then the end`() async throws {
    let subscription = log.subscription(pageLimit: 7)
    let reader = Task {
      var seen: [Int64] = []
      for await page in subscription { seen += page.map(\.position.rawValue) }
      return seen
    }
    await withTaskGroup { group in
      for writer in 0..<8 {
        group.addTask {
          for index in 0..<50 { _ = try? await log.append(command(UInt64(writer * 1000 + index))) }
        }
      }
    }
    log.close()
    #expect(await reader.value == Array(1...400))
    await #expect(throws: AppendError.closed) { try await log.append(command(1_000_000)) }
  }

  @Test func `a cancelled subscriber stops waiting`() async {
    let reader = Task {
      var pages = 0
      for await _ in log.subscription() { pages += 1 }
      return pages
    }
    await Task.yield()
    reader.cancel()
    #expect(await reader.value == 0)
  }
}
