import Commands
import EventStore
import Events
import Foundation
import Postgres
import Server

/// Appends through the real path against bare inserts of the same rows, in turn.
func measureAppend(_ bed: Bed) async throws -> [Figure] {
  let parts = try await bed.parts()
  let bare = try await BareInserts(bed, parts)
  return try await parts.running(projecting: false) { parts in
    var figures = try await singles(bed, parts, bare)
    figures += try await batches(bed, parts, bare)
    return figures
  }
}

private func singles(_ bed: Bed, _ parts: ServerParts, _ bare: BareInserts) async throws -> [Figure] {
  var (limit, queue8, queue64, command8, command64) = ([Double](), [Double](), [Double](), [Double](), [Double]())
  for run in 0...bed.runs {
    let bareRate = try await throughput(clients: 8, seconds: bed.seconds) { try await bare.single($0) }
    let eight = try await throughput(clients: 8, seconds: bed.seconds) { _ in try await appendOne(parts.log) }
    let sixtyFour = try await throughput(clients: 64, seconds: bed.seconds) { _ in try await appendOne(parts.log) }
    let commands = try await throughput(clients: 8, seconds: bed.seconds) { _ in try await register(parts.commands) }
    let many = try await throughput(clients: 64, seconds: bed.seconds) { _ in try await register(parts.commands) }
    if run == 0 { continue }
    limit.append(bareRate)
    queue8.append(eight)
    queue64.append(sixtyFour)
    command8.append(commands)
    command64.append(many)
  }
  let note = "single events, durable, in order; limit: unordered INSERTs by 8 sessions, each committed"
  return [
    Figure("append.command.8_clients", command8, unit: "events/s", limit: limit, note: note).atLeastOfLimit(1),
    Figure("append.command.64_clients", command64, unit: "events/s", limit: limit, note: note).atLeast(30_000),
    Figure("append.queue.8_clients", queue8, unit: "events/s", limit: limit, note: "the store alone").atLeastOfLimit(1),
    Figure("append.queue.64_clients", queue64, unit: "events/s", limit: limit, note: "the store alone").atLeast(30_000),
  ]
}

private func batches(_ bed: Bed, _ parts: ServerParts, _ bare: BareInserts) async throws -> [Figure] {
  var (limit, ordered, ours) = ([Double](), [Double](), [Double]())
  for run in 0...bed.runs {
    let bareRate = try await throughput(clients: 8, seconds: bed.seconds) { try await bare.batch($0, of: 60) }
    let oneWriter = try await throughput(clients: 1, seconds: bed.seconds) {
      try await bare.batch($0, of: 480, indexed: true)
    }
    let rate = try await throughput(clients: 8, seconds: bed.seconds) { _ in try await appendBatch(parts.log, of: 60) }
    if run == 0 { continue }
    limit.append(bareRate)
    ordered.append(oneWriter)
    ours.append(rate)
  }
  let note = "60 events a command from 8 clients; limit: INSERT … SELECT FROM unnest of the same rows by 8 sessions"
  let orderedNote = "limit: one session, 480 rows a statement, into a table with the log's own indexes: ordered too"
  return [
    Figure("append.batch60.8_clients", ours, unit: "events/s", limit: limit, note: note).atLeastOfLimit(0.85),
    Figure("append.batch60.ordered", ours, unit: "events/s", limit: ordered, note: orderedNote).atLeastOfLimit(0.85),
    Figure("append.batch60.absolute", ours, unit: "events/s", limit: limit, note: "where the limit is 75 000")
      .atLeast(60_000),
  ]
}

private let identifiers = IdentifierGenerator()

private func appendOne(_ log: PostgresEventLog) async throws -> Int {
  let stream: StreamID = identifiers.next()
  let append = Append(
    command: identifiers.next(), actor: UserID(high: stream.high, low: stream.low),
    expectations: [.init(stream: stream, version: .none)],
    events: [.init(stream: stream, event: .userRegistered(.init(kind: .synthetic)))])
  _ = try await log.append(append)
  return 1
}

private func register(_ commands: CommandHandler) async throws -> Int {
  let account: UserID = identifiers.next()
  _ = try await commands.registerUser(account, kind: .synthetic, id: identifiers.next())
  return 1
}

func appendBatch(_ log: PostgresEventLog, of count: Int) async throws -> Int {
  let stream: StreamID = identifiers.next()
  let events = (1...count).map { Append.NewEvent(stream: stream, event: .simulationAdvanced(.init(lap: Int32($0)))) }
  _ = try await log.append(
    Append(
      command: identifiers.next(), actor: UserID(high: stream.high, low: stream.low),
      expectations: [.init(stream: stream, version: .none)], events: events))
  return count
}

/// The limit: the same rows into a table with a sequence and nothing else.
final class BareInserts: Sendable {
  private let sessions: [Session]
  private static let one = Statement(
    "bare-one",
    """
    INSERT INTO public.bare (stream, version, type, actor, actor_version, command, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """)
  private static let manyIndexed = Statement(
    "bare-many-indexed",
    """
    INSERT INTO public.bare_indexed (stream, version, type, actor, actor_version, command, data)
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::int[], $6::uuid[], $7::json[])
    """)
  private static let many = Statement(
    "bare-many",
    """
    INSERT INTO public.bare (stream, version, type, actor, actor_version, command, data)
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::int[], $6::uuid[], $7::json[])
    """)

  init(_ bed: Bed, _ parts: ServerParts) async throws {
    var sessions: [Session] = []
    for _ in 0..<8 { sessions.append(try await bed.session(parts)) }
    _ = try await sessions[0].execute(
      """
      CREATE TABLE public.bare (position bigserial PRIMARY KEY, stream uuid NOT NULL, version int NOT NULL,
        type text NOT NULL, actor uuid, actor_version int, command uuid NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), data json NOT NULL);
      CREATE TABLE public.bare_indexed (LIKE public.bare INCLUDING ALL, UNIQUE (stream, version),
        UNIQUE (actor, actor_version))
      """)
    self.sessions = sessions
  }

  func single(_ client: Int) async throws -> Int {
    let id: StreamID = identifiers.next()
    let uuid = PostgresUUID(high: id.high, low: id.low)
    _ = try await sessions[client].query(
      Self.one,
      [uuid, Int32(1), "UserRegistered", uuid, Int32(1), uuid, PostgresJSON("{\"kind\":\"synthetic\"}")])
    return 1
  }

  func batch(_ client: Int, of count: Int, indexed: Bool = false) async throws -> Int {
    let id: StreamID = identifiers.next()
    let uuid = PostgresUUID(high: id.high, low: id.low)
    let uuids = [PostgresUUID](repeating: uuid, count: count)
    let numbers = (1...Int32(count)).map { $0 }
    let data = numbers.map { PostgresJSON("{\"lap\":\($0)}") }
    _ = try await sessions[client].query(
      indexed ? Self.manyIndexed : Self.many,
      [uuids, numbers, [String](repeating: "SimulationAdvanced", count: count), uuids, numbers, uuids, data])
    return count
  }
}
