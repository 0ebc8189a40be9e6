import EventStore
import Postgres

/// What the server knows about itself.
struct Operations: Sendable {
  let metrics: Metrics
  let pool: Pool
  let log: MeasuredLog
  let batches: BatchMeasures
  let integrator: Integrator?
  let startedAt: ContinuousClock.Instant
}
