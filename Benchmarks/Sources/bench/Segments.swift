import EventStore
import Events
import Foundation
import Postgres
import Projections
import Server

/// Segments against the same rows by binary COPY: sealing, size, replay, verification.
func measureSegments(_ bed: Bed) async throws -> [Figure] {
  let users = bed.quick ? 12_000 : 60_000
  let parts = try await bed.parts()
  let session = try await bed.session(parts)
  let events = try await History.load(users: users, seed: bed.seed, session)
  let rows = try await allRows(parts)
  let heap: Int64 = try await session.query(
    Statement(unnamed: "SELECT pg_relation_size('log.events')")
  ).decode(row: 0, column: 0)
  var (sealing, copying, unpacking, folding, verifying) =
    ([Double](), [Double](), [Double](), [Double](), [Double]())
  var segments: [Segment] = []
  for run in 0...min(bed.runs, 3) {
    var sealed: [Segment] = []
    let sealTime = try timeThrowing {
      for start in stride(from: 0, to: rows.count, by: Segment.fullCount) {
        sealed.append(try Segment(sealing: Array(rows[start..<min(rows.count, start + Segment.fullCount)])))
      }
    }
    segments = sealed
    let bare = try await timeAsync { try await copyAll(session) }
    let walked = try timeThrowing { for segment in segments { _ = try segment.columns(forLines: false) } }
    var model = ReadModel()
    let folded = try timeThrowing {
      for segment in segments { try model.apply(try segment.columns(forLines: false)) }
    }
    let verified = try timeThrowing { for segment in segments { try segment.verify() } }
    precondition(model.position.rawValue == Int64(events), "every event is folded")
    if run == 0 { continue }
    let count = Double(events)
    sealing.append(count / sealTime)
    copying.append(count / bare)
    unpacking.append(count / walked)
    folding.append(count / folded)
    verifying.append(count / verified)
  }
  let bytes = Double(segments.reduce(0) { $0 + $1.bytes.count })
  return [
    Figure(
      "segments.replay.events_per_second", folding, unit: "events/s", limit: copying,
      note: "\(events) events, eleven an account, one core, unpacking included; limit: binary COPY of the same rows"
    ).atLeastOfLimit(10),
    Figure("segments.unpack.events_per_second", unpacking, unit: "events/s", limit: copying, note: "columns of a fold"),
    Figure(
      "segments.verify.events_per_second", verifying, unit: "events/s",
      note: "lines rebuilt, hashed, and the tree over them, one core"
    ).atLeast(1_000_000),
    Figure(
      "segments.seal.events_per_second", sealing, unit: "events/s", note: "packed, read back and verified, one core"),
    Figure(
      "segments.bytes_per_event", [bytes / Double(events)], unit: "B", limit: [Double(heap) / Double(events)],
      note: "limit: the table without its indexes"
    ).atMostOfLimit(0.35),
  ] + (try longRuns(bed))
}

private func allRows(_ parts: ServerParts) async throws -> [EventRow] {
  let reader = EventReader(pool: Pool(PostgresConfiguration(parts.configuration.databaseURL, poolSize: 1)))
  var rows: [EventRow] = []
  for try await batch in reader.rows() { rows += batch }
  return rows
}

/// Runs of sixty events, as they are played lap by lap.
private func longRuns(_ bed: Bed) throws -> [Figure] {
  var history = History(seed: bed.seed, users: bed.quick ? 2000 : 10_000, lapByLap: true)
  var events: [RecordedEvent] = []
  while true {
    let batch = history.batch(10_000)
    if batch.isEmpty { break }
    events += batch
  }
  var segments: [Segment] = []
  for start in stride(from: 0, to: events.count, by: Segment.fullCount) {
    segments.append(
      try Segment(sealing: events[start..<min(events.count, start + Segment.fullCount)].map { EventRow($0) }))
  }
  var rates: [Double] = []
  for run in 0...min(bed.runs, 3) {
    var model = ReadModel()
    let seconds = try timeThrowing {
      for segment in segments { try model.apply(try segment.columns(forLines: false)) }
    }
    if run > 0 { rates.append(Double(events.count) / seconds) }
  }
  return [
    Figure(
      "segments.replay.lap_by_lap.events_per_second", rates, unit: "events/s",
      note: "\(events.count) events, runs played lap by lap, about sixty events each"
    ).atLeast(8_000_000)
  ]
}

/// Proofs from a log of some size.
func measureProofs(_ bed: Bed) async throws -> [Figure] {
  let parts = try await bed.parts()
  let session = try await bed.session(parts)
  let events = try await History.load(users: bed.quick ? 10_000 : 100_000, seed: bed.seed, session)
  let signer = try NoteSigner(name: "bench.example/log", secret: (0..<32).map { UInt8($0) })
  let log = PostgresEventLog(pool: Pool(PostgresConfiguration(parts.configuration.databaseURL)))
  let tree = TreeStore(log.reader)
  let integrator = Integrator(log, store: tree, signer: signer, holder: "bench", logger: bed.serverLogger)
  let begun = ContinuousClock.now
  let running = Task { await integrator.run() }
  while integrator.status.signed.rawValue < Int64(events) { try await Task.sleep(for: .milliseconds(20)) }
  let integrated = Double((ContinuousClock.now - begun) / .nanoseconds(1)) / 1e9
  var state = bed.seed
  var delays: [Double] = []
  for _ in 0..<(bed.quick ? 1000 : 5000) {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let position = Position(rawValue: 1 + Int64(state >> 33) % Int64(events))
    let start = ContinuousClock.now
    _ = try await tree.inclusion(of: position, size: Int64(events))
    delays.append(Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e6)
  }
  running.cancel()
  await running.value
  return [
    Figure(
      "proof.inclusion.p50_milliseconds", [quantile(delays, 0.5)], unit: "ms", note: "random positions of \(events)"
    ).atMost(1),
    Figure("proof.inclusion.p99_milliseconds", [quantile(delays, 0.99)], unit: "ms", note: "the same"),
    Figure(
      "proof.integrate.events_per_second", [Double(events) / integrated], unit: "events/s",
      note: "read by COPY, hashed, tiles and checkpoints stored"),
  ]
}
