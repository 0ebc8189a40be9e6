import EventStore

/// How large the commits of the append queue are, and how long they take.
final class BatchMeasures: Sendable {
  /// Commands of one commit.
  let commands = Histogram(Histogram.sizes)
  /// Events of one commit.
  let events = Histogram(Histogram.sizes)
  /// Time of one commit, microseconds.
  let duration = Histogram(Histogram.microseconds)

  /// Counts one commit.
  func add(_ batch: AppendedBatch) {
    commands.add(Int64(batch.commands))
    events.add(Int64(batch.events))
    duration.add(batch.duration.microseconds)
  }
}
