import Events
import Projections
import TestSupport

@testable import EventStore

/// A server in memory: the real append queue, projections and integration, moved on step by step by whoever simulates.
struct SimulatedServer {
  /// What a lane is doing.
  enum Lane {
    case idle
    case sent([AppendQueueMachine<Int>.Entry])
    case committed([AppendQueueMachine<Int>.Entry], AppendReply)
    case durable([AppendQueueMachine<Int>.Entry], AppendReply)
  }

  private(set) var queue: AppendQueueMachine<Int>
  private(set) var lanes: [Lane] = [.idle, .idle]
  private(set) var model = ReadModel()
  private(set) var integration: Integration?
  private(set) var epoch: Int64 = 0
  /// Whether it waits for the disk before it answers, as it must.
  var flushes = true
  /// Snapshots on disk, the newest last; some are damaged.
  private var snapshots: [[UInt8]] = []

  init() { queue = Self.emptyQueue }

  private static var emptyQueue: AppendQueueMachine<Int> {
    var limits = AppendLimits()
    limits.batchEvents = 12
    limits.queuedEvents = 40
    var queue = AppendQueueMachine<Int>(limits: limits)
    queue.connected(0)
    queue.connected(1)
    return queue
  }

  /// - Returns: false when the queue is full.
  mutating func submit(_ command: EncodedAppend, by client: Int) -> Bool {
    queue.enqueue(.init(command: command, waiter: client, since: .now)) == nil
  }

  /// Moves a lane one step on.
  /// - Returns: answers, when the step gave some.
  mutating func step(
    lane: Int, _ database: inout SimulatedDatabase
  ) -> [(client: Int, answer: Result<Appended, AppendError>)] {
    switch lanes[lane] {
    case .idle:
      if case .append(let batch) = queue.turn(of: lane) { lanes[lane] = .sent(batch) }
    case .sent(let batch):
      lanes[lane] = .committed(batch, database.append(batch.map(\.command)))
    case .committed(let batch, let reply):
      if flushes { database.flush() }
      lanes[lane] = .durable(batch, reply)
    case .durable(let batch, let reply):
      let results = BatchResults(batch.map(\.command), reply) { batch[$0].attempts > 1 }
      queue.done(lane)
      lanes[lane] = .idle
      return zip(batch, results.answers).map { ($0.waiter, $1) }
    }
    return []
  }

  /// The lane's connection breaks, wherever it is: nobody knows what became of its batch.
  mutating func disconnect(lane: Int) {
    lanes[lane] = .idle
    let told = queue.disconnected(lane, "the connection broke", now: .now)
    precondition(told.isEmpty, "nobody has waited for long")
    queue.connected(lane)
  }

  /// Applies events as the tail hands them on: from the projections' own position, what is durable and no more.
  mutating func project(_ database: SimulatedDatabase, count: Int, repeating: Int) throws {
    let position = Int(model.position.rawValue)
    let start = max(0, position - repeating)
    let end = min(database.durable, position + count)
    guard start < end else { return }
    var tail = TailMachine(bound: 1000)
    tail.put(Array(database.events[start..<end]), last: database.events[end - 1].position)
    if case .take(let events) = tail.turn(after: model.position) { try model.apply(events) }
  }

  mutating func snapshot(damaging bit: Int?) {
    var bytes = model.snapshot()
    if let bit { bytes[bit % bytes.count] ^= 1 << (bit % 8) }
    snapshots.append(bytes)
  }

  /// Takes the leadership over and derives the tree again.
  mutating func lead(_ database: inout SimulatedDatabase) -> Bool {
    epoch = database.lead()
    guard let tree = database.tree(), tree.root == database.checkpoints.last?.root ?? .empty else { return false }
    integration = Integration(tree)
    return true
  }

  /// Hashes what is durable and stores a checkpoint; refused where another server leads.
  mutating func sign(_ database: inout SimulatedDatabase) {
    guard var work = integration, Int(work.tree.size) <= database.durable else { return }
    work.take(Array(database.events[Int(work.tree.size)..<database.durable]))
    if work.isDue {
      let step = work.step(origin: "simulated")
      guard database.integrate(step, epoch: epoch) else {
        integration = nil
        return
      }
      work.stored(step)
    }
    integration = work
  }

  /// The process dies: what was in memory is gone, and it begins again at its newest sound snapshot.
  mutating func crash() {
    queue = Self.emptyQueue
    lanes = [.idle, .idle]
    integration = nil
    model = snapshots.reversed().lazy.compactMap { try? ReadModel(snapshot: $0) }.first ?? ReadModel()
  }
}
