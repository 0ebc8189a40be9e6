import Crypto
import Events
import Foundation
import Postgres
import Racing
import TestSupport
import Testing

@testable import EventStore

struct ReadingTests {
  private func filled(_ log: PostgresEventLog, seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let streams: [StreamID] = (0..<4).map { _ in .random(&random) }
    let actors: [UserID?] = [nil, .random(&random), .random(&random)]
    for _ in 0..<150 {
      let events = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        Append.NewEvent(stream: streams.randomElement(using: &random)!, event: .random(&random))
      }
      _ = try await log.append(
        Append(
          command: .random(&random), actor: actors.randomElement(using: &random)!, expectations: [], events: events))
    }
  }

  @Test func `every way of reading gives the same events`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      try await filled(log, seed: 5)
      var copied: [RecordedEvent] = []
      for try await batch in log.reader.copy() { copied += batch }
      #expect(copied.map(\.position.rawValue) == (1...Int64(copied.count)).map { $0 })

      var paged: [RecordedEvent] = []
      while case let page = try await log.reader.events(after: paged.last?.position ?? .zero, limit: 100), !page.isEmpty
      {
        paged += page
      }
      #expect(paged == copied)

      for stream in Set(copied.map(\.stream)) {
        let events = copied.filter { $0.stream == stream }
        #expect(try await log.events(of: stream, after: .zero) == events)
        #expect(try await log.events(of: stream, after: Version(rawValue: 5)) == Array(events.dropFirst(5)))
      }
      for actor in Set(copied.compactMap(\.actor)) {
        let events = copied.filter { $0.actor == actor }
        #expect(try await log.reader.events(by: actor, limit: 7) == Array(events.prefix(7)))
        #expect(
          try await log.reader.events(by: actor, after: Version(rawValue: 7), limit: 5000) == Array(events.dropFirst(7))
        )
      }

      var part: [RecordedEvent] = []
      for try await batch in log.reader.copy(after: Position(rawValue: 10), through: Position(rawValue: 20)) {
        part += batch
      }
      #expect(part == Array(copied[10..<20]))
    }
  }

  @Test func `an auditor's line and leaf in SQL are those of the specification`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      try await filled(log, seed: 6)
      let session = try await store.session(as: "blame_reader")
      let leaves = Statement(unnamed: "SELECT position, line, hash FROM audit.leaf ORDER BY position")
      let rows = try await session.query(leaves)
      await session.close()
      var index = 0
      for try await batch in log.reader.copy() {
        for event in batch {
          let (position, line, hash) = try rows[index].decode(Int64.self, String.self, [UInt8].self)
          #expect(position == event.position.rawValue)
          #expect(line == Self.line(event))
          #expect(hash == Array(SHA256.hash(data: [0] + Array(line.utf8))))
          index += 1
        }
      }
      #expect(index == rows.count && index > 300)
    }
  }

  /// Written from the description of the line, not from the code that writes it elsewhere.
  private static func line(_ event: RecordedEvent) -> String {
    func quoted(_ value: (some CustomStringConvertible)?) -> String { value.map { "\"\($0)\"" } ?? "null" }
    let (days, rest) = event.recordedAt.microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
    let date = Date(timeIntervalSince1970: Double(days) * 86_400)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    let day = calendar.dateComponents([.year, .month, .day], from: date)
    func padded(_ value: Int64, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let seconds = rest / 1_000_000
    let time =
      "\(padded(Int64(day.year!), 4))-\(padded(Int64(day.month!), 2))-\(padded(Int64(day.day!), 2))"
      + "T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
      + ".\(padded(rest % 1_000_000, 6))Z"
    return "{\"position\":\(event.position.rawValue),\"stream\":\"\(event.stream)\","
      + "\"version\":\(event.version.rawValue),"
      + "\"type\":\"\(event.event.type.name)\",\"actor\":\(quoted(event.actor)),"
      + "\"actorVersion\":\(event.actorVersion.map { String($0.rawValue) } ?? "null"),\"command\":\"\(event.command)\","
      + "\"recordedAt\":\"\(time)\",\"data\":\(String(decoding: event.event.data, as: UTF8.self))}"
  }

  @Test func `an event of a type that is not known is named with its position`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      _ = try await log.append(.one(CommandID(1), on: StreamID(1)))
      let session = try await store.session(as: "blame_app")
      _ = try await session.execute(
        """
        SELECT log.append(array[gen_random_uuid()], '{NULL}', array[''::bytea], '{1}', '{1}',
          array['\(StreamID(1))'::uuid], '{1}', NULL, '{FromTheFuture}', array['{}']::json[], NULL, NULL, NULL)
        """)
      await session.close()
      func isSecond(_ error: ReadError?) -> Bool {
        if case .undecodable(position: Position(rawValue: 2), _) = error { true } else { false }
      }
      let paged = await #expect(throws: ReadError.self) { try await log.reader.events(after: .zero) }
      #expect(isSecond(paged))
      let copied = await #expect(throws: ReadError.self) { for try await _ in log.reader.copy() {} }
      #expect(isSecond(copied))
      let followed = await #expect(throws: ReadError.self) {
        for try await _ in log.tail.subscribe(after: .zero) {}
      }
      #expect(isSecond(followed))
    }
  }

  @Test func `decisions read with SQL name user, race, lap, kind, value and regret`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      let started = SimulationStarted(
        race: .init(season: 2023, round: 6), driver: .init("VER")!, startLap: 1, startCompound: .medium, mode: .live,
        isRanked: true, isWholePlan: false, forkOf: nil, optimum: 1, model: "00", artefact: "00")
      _ = try await log.append(
        Append(
          command: CommandID(1), actor: UserID(7), expectations: [],
          events: [
            .init(stream: StreamID(1), event: .simulationStarted(started)),
            .init(stream: StreamID(1), event: .decision(lap: 31)),
          ]))
    }
    let session = try await store.session(as: "blame_reader")
    let rows = try await session.query(
      Statement(
        unnamed: """
          SELECT "user"::text, race, lap, kind, value, regret, optimal FROM audit.decisions
          """))
    await session.close()
    #expect(rows.count == 1)
    let row = try rows[0].decode(String.self, String.self, Int32.self, String.self, String.self, Int64.self, Bool.self)
    #expect(row.0 == UserID(7).description)
    #expect((row.1, row.2, row.3, row.4, row.5, row.6) == ("2023-06", 31, "pit", "HARD", 1234, false))
  }
}
