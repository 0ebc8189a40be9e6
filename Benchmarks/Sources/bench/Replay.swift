import EventStore
import Events
import Foundation
import Postgres
import Projections
import Server

/// The whole log through the real projections, against the same rows by binary COPY and nothing else.
func measureReplay(_ bed: Bed) async throws -> [Figure] {
  let users = bed.quick ? 20_000 : 100_000
  let parts = try await bed.parts()
  let session = try await bed.session(parts)
  let events = try await History.load(users: users, seed: bed.seed, session)
  var (limit, ours) = ([Double](), [Double]())
  for run in 0...min(bed.runs, 3) {
    let bare = try await timeAsync { try await copyAll(session) }
    let folded = try await timeAsync { _ = try await Rebuild(parts).run() }
    if run == 0 { continue }
    limit.append(Double(events) / bare)
    ours.append(Double(events) / folded)
  }
  return [
    Figure(
      "replay.events_per_second", ours, unit: "events/s", limit: limit,
      note: "\(events) events, state hash included; limit: binary COPY of the same columns, thrown away"
    ).atLeastOfLimit(0.8)
  ]
}

func copyAll(_ session: Session) async throws {
  let sql = """
    COPY (SELECT position, recorded_at, version, actor_version, stream, command, actor, type, data FROM log.events
      ORDER BY position) TO STDOUT (FORMAT binary)
    """
  var bytes = 0
  for try await chunk in session.copyOut(sql) { bytes += chunk.byteCount }
  precondition(bytes > 0, "COPY gave nothing")
}

/// A stream of 60 events, decoded, against the bare query through the same driver.
func measureRead(_ bed: Bed) async throws -> [Figure] {
  let parts = try await bed.parts()
  let session = try await bed.session(parts)
  let ids = IdentifierGenerator()
  let streams: [StreamID] = (0..<200).map { _ in ids.next() }
  let setUp = streams
  try await parts.running(projecting: false) { parts in
    for stream in setUp {
      let events = (1...60).map { Append.NewEvent(stream: stream, event: .simulationAdvanced(.init(lap: Int32($0)))) }
      _ = try await parts.log.append(Append(command: ids.next(), actor: nil, expectations: [], events: events))
    }
  }
  let bare = Statement(
    "bare-stream",
    """
    SELECT position, recorded_at, version, actor_version, stream, command, actor, type, data FROM log.events
    WHERE stream = $1 AND version > $2 ORDER BY version
    """)
  let reader = EventReader(pool: Pool(PostgresConfiguration(parts.configuration.databaseURL, poolSize: 1)))
  let rounds = bed.quick ? 5 : 20
  var (limit, ours) = ([Double](), [Double]())
  for round in 0...rounds {
    let plain = try await timeAsync {
      for stream in streams {
        let rows = try await session.query(bare, [PostgresUUID(high: stream.high, low: stream.low), Int32(0)])
        precondition(rows.count == 60, "a stream has 60 events")
      }
    }
    let decoded = try await timeAsync {
      for stream in streams {
        let events = try await reader.events(of: stream)
        precondition(events.count == 60, "a stream has 60 events")
      }
    }
    if round == 0 { continue }
    limit.append(plain * 1e6 / Double(streams.count))
    ours.append(decoded * 1e6 / Double(streams.count))
  }
  return [
    Figure(
      "read.stream60.microseconds", ours, unit: "µs", limit: limit,
      note: "60 events decoded; limit: the same query, rows not looked at"
    ).atMostOfLimit(1.2)
  ]
}

/// From a command's acknowledgement until queries see it, in the same process.
func measureVisible(_ bed: Bed) async throws -> [Figure] {
  let parts = try await bed.parts()
  return try await parts.running(projecting: true) { parts in
    let ids = IdentifierGenerator()
    var delays: [Double] = []
    for round in 0..<(bed.quick ? 500 : 3000) {
      let outcome = try await parts.commands.registerUser(ids.next(), kind: .synthetic, id: ids.next())
      let committed = ContinuousClock.now
      while parts.live.position < outcome.position { await Task.yield() }
      if round >= 100 { delays.append(Double((ContinuousClock.now - committed) / .nanoseconds(1)) / 1e6) }
    }
    return [
      Figure("visible.p50_milliseconds", [quantile(delays, 0.5)], unit: "ms", note: "commit to query, same process")
        .atMost(0.5),
      Figure("visible.p99_milliseconds", [quantile(delays, 0.99)], unit: "ms", note: "one command after the other")
        .atMost(5),
    ]
  }
}

/// Projections of a million players and ten million events in memory.
func measureMemory(_ bed: Bed) throws -> [Figure] {
  let users = bed.quick ? 100_000 : 910_000
  let before = residentBytes()
  var history = History(seed: bed.seed, users: users)
  var model = ReadModel()
  var events = 0
  var seconds = 0.0
  while true {
    let batch = history.batch(10_000)
    if batch.isEmpty { break }
    events += batch.count
    seconds += try timeThrowing { try model.apply(batch) }
  }
  let used = Double(residentBytes() - before)
  var figures = [
    Figure(
      "memory.projections.bytes", [used], unit: "B", note: "\(users) players, \(events) events, resident set grown by"
    ).atMost(1_073_741_824),
    Figure(
      "memory.fold.events_per_second", [Double(events) / seconds], unit: "events/s", note: "one core, from memory"),
  ]
  figures.append(Figure("memory.bytes_per_event", [used / Double(events)], unit: "B"))
  return figures
}

private func residentBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
}
