import ArgumentParser
import EventStore
import Events
import Postgres

/// Holds a client's ledger against the log.
struct LedgerAudit {
  let entries: [Ledger.Entry]
  let log: PostgresEventLog
  let pool: Pool

  private static let batch = 5000
  private static let shape = Statement(
    unnamed: "SELECT count(*), coalesce(max(position), 0), count(DISTINCT (stream, version)) FROM log.events")

  /// Looks up every acknowledged command, then the shape of the whole log.
  /// - Throws: exit status 1 when a promise was broken.
  func run(_ output: OutputOptions) async throws {
    let bar = output.progress("checking", total: entries.count)
    var missing = 0
    var moved = 0
    for start in stride(from: 0, to: entries.count, by: Self.batch) {
      let batch = entries[start..<min(entries.count, start + Self.batch)]
      let found = try await log.reader.answers(to: batch.map(\.command))
      for entry in batch {
        guard let place = found[entry.command] else {
          missing += 1
          continue
        }
        if place.first != entry.first || place.last != entry.last { moved += 1 }
      }
      bar.set(start + batch.count)
    }
    bar.finish()
    guard let row = try await pool.query(Self.shape).first else {
      throw Failure.failed("The log did not say how long it is.")
    }
    let (events, last, distinct) = try row.decode(Int64.self, Int64.self, Int64.self)
    report(missing: missing, moved: moved, events: events, last: last, doubled: events - distinct, output)
    if missing + moved > 0 || events != last || distinct != events { throw ExitCode(1) }
  }

  private func report(missing: Int, moved: Int, events: Int64, last: Int64, doubled: Int64, _ output: OutputOptions) {
    if output.json {
      return Terminal.print(
        """
        {"acknowledged":\(entries.count),"missing":\(missing),"moved":\(moved),"events":\(events),\
        "lastPosition":\(last),"gaps":\(last - events),"double":\(doubled)}
        """)
    }
    Terminal.print("\(grouped(entries.count)) acknowledged commands: \(missing) missing, \(moved) at other positions")
    Terminal.print(
      "\(grouped(Int(events))) events, last position \(grouped(Int(last))): \(last - events) gaps, \(doubled) twice")
  }
}
