import EventStore
import Events
import Foundation
import Postgres
import Server

/// A reader of another process follows the log while writers hold their commits back for random times: whether it sees every
/// event, once and in order.
///
/// Commits are delayed where a sequence would let readers lose events: between the position and its commit, by a trigger of
/// this benchmark's own.
func measureTail(_ bed: Bed) async throws -> [Figure] {
  let configuration = try await bed.database()
  let writing = ServerParts(configuration, logger: bed.serverLogger)
  let session = try await bed.session(writing)
  _ = try await session.execute(delays)
  await session.close()
  let wanted = bed.quick ? 100_000 : 10_000_000
  let seen = try await writing.running(projecting: false) { writing in
    let reading = ServerParts(configuration, logger: bed.serverLogger)
    return try await reading.running(projecting: false) { reading in
      async let seen = follow(reading.log, through: wanted)
      try await write(writing.log, wanted)
      return try await seen
    }
  }
  let note = "\(wanted) events of \(writers) writers, one commit in \(delayedEvery) events held back for up to 20 ms"
  return [
    Figure("tail.missed_events", [Double(seen.missed)], unit: "events", note: note).atMost(0),
    Figure("tail.repeated_events", [Double(seen.repeated)], unit: "events", note: "the same").atMost(0),
    Figure("tail.seen_events", [Double(seen.count)], unit: "events", note: "the same").atLeast(Double(wanted)),
  ]
}

private let writers = 8
private let perAppend = 500
private let delayedEvery = 7919

/// Fires when the transaction commits; the order of the log is given by then.
private let delays = """
  CREATE FUNCTION public.hold_back() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(random() * 0.02); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER hold_back AFTER INSERT ON log.events DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.position % \(delayedEvery) = 0) EXECUTE FUNCTION public.hold_back();
  GRANT EXECUTE ON FUNCTION public.hold_back() TO PUBLIC;
  """

private struct Seen: Sendable {
  var count = 0
  var missed: Int64 = 0
  var repeated: Int64 = 0
  private var last: Int64 = 0

  mutating func take(_ position: Int64) {
    count += 1
    if position > last { missed += position - last - 1 } else { repeated += 1 }
    last = max(last, position)
  }

  var reached: Int64 { last }
}

private func follow(_ log: PostgresEventLog, through end: Int) async throws -> Seen {
  var seen = Seen()
  for try await batch in log.tail.subscribe(after: .zero) {
    for event in batch { seen.take(event.position.rawValue) }
    if seen.reached >= Int64(end) { break }
  }
  return seen
}

private func write(_ log: PostgresEventLog, _ wanted: Int) async throws {
  let each = (wanted + writers * perAppend - 1) / (writers * perAppend)
  try await withThrowingTaskGroup { group in
    for _ in 0..<writers {
      group.addTask { for _ in 0..<each { _ = try await appendBatch(log, of: perAppend) } }
    }
    try await group.waitForAll()
  }
}
