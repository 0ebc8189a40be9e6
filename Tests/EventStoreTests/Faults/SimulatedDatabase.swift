import Events
import TestSupport

@testable import EventStore

/// A database in memory that keeps what it promises and nothing more: what was committed and not flushed may be gone after
/// a crash.
struct SimulatedDatabase {
  private(set) var events: [RecordedEvent] = []
  /// Events that a crash cannot take.
  private(set) var durable = 0
  private(set) var checkpoints: [Checkpoint] = []
  private(set) var tiles: [TileAddress: Tile] = [:]
  private(set) var epoch: Int64 = 0
  private var commands: [CommandID: Appended] = [:]
  private var versions: [StreamID: Int32] = [:]
  private var actorVersions: [UserID: Int32] = [:]

  /// What `log.append` does.
  mutating func append(_ batch: [EncodedAppend]) -> AppendReply {
    let last = Int64(events.count)
    var bases: [Int32] = []
    var actorBases: [Int32?] = []
    let outcomes = batch.map { command -> AppendReply.Outcome in
      if let known = commands[command.append.command] {
        return .repeated(first: known.first, count: known.count, answer: known.answer)
      }
      for run in command.runs {
        let found = versions[run.stream] ?? 0
        let holds = run.expected.map { $0 == -1 ? found > 0 : $0 == found } ?? true
        if !holds { return .refused(stream: run.stream, found: Version(rawValue: found)) }
      }
      insert(command, &bases, &actorBases)
      return .accepted
    }
    return AppendReply(
      recordedAt: Self.time, last: last, bases: bases, actorBases: actorBases,
      outcomes: outcomes.contains { $0 != .accepted } ? outcomes : nil)
  }

  private static let time = Timestamp(microseconds: 1_700_000_000_000_000)

  private mutating func insert(_ command: EncodedAppend, _ bases: inout [Int32], _ actorBases: inout [Int32?]) {
    let append = command.append
    commands[append.command] = Appended(
      first: Position(rawValue: Int64(events.count) + 1), count: command.eventCount, isRepeat: false,
      answer: append.answer)
    var index = 0
    for run in command.runs {
      bases.append(versions[run.stream] ?? 0)
      actorBases.append(append.actor.map { actorVersions[$0] ?? 0 })
      for _ in 0..<run.count {
        record(
          RecordedEvent(
            position: Position(rawValue: Int64(events.count) + 1), stream: run.stream,
            version: Version(rawValue: (versions[run.stream] ?? 0) + 1), actor: append.actor,
            actorVersion: append.actor.map { Version(rawValue: (actorVersions[$0] ?? 0) + 1) },
            command: append.command, recordedAt: Self.time, event: append.events[index].event))
        index += 1
      }
    }
  }

  private mutating func record(_ event: RecordedEvent) {
    versions[event.stream] = event.version.rawValue
    if let actor = event.actor, let version = event.actorVersion { actorVersions[actor] = version.rawValue }
    events.append(event)
  }

  mutating func flush() { durable = events.count }

  /// Loses some of what was not flushed; whole commands, from the end.
  mutating func crash(_ random: inout SplitMix64) {
    var kept = Int.random(in: durable...events.count, using: &random)
    while kept > durable, kept < events.count, events[kept].command == events[kept - 1].command { kept -= 1 }
    let survivors = Array(events[..<kept])
    (events, commands, versions, actorVersions) = ([], [:], [:], [:])
    for event in survivors {
      if var known = commands[event.command] {
        known.count += 1
        commands[event.command] = known
      } else {
        commands[event.command] = Appended(first: event.position, count: 1, isRepeat: false, answer: [])
      }
      record(event)
    }
    durable = events.count
  }

  /// A new leader.
  mutating func lead() -> Int64 {
    epoch += 1
    return epoch
  }

  /// What `log.integrate` does: stored and flushed, or refused.
  mutating func integrate(_ step: Integration.Step, epoch leader: Int64) -> Bool {
    guard leader == epoch, step.from == checkpoints.last?.size ?? 0, step.checkpoint.size > step.from,
      step.checkpoint.size <= Int64(events.count)
    else { return false }
    for tile in step.tiles { tiles[tile.address] = tile }
    checkpoints.append(step.checkpoint)
    flush()
    return true
  }

  /// The tree at the last checkpoint, as a leader derives it at its start.
  func tree() -> TreeBuilder? {
    let size = checkpoints.last?.size ?? 0
    let edge = TreeBuilder.edge(size: size).map { address -> Tile in
      let first = Int(address.index) << 8
      let hashes = (first..<first + address.width).map { place in
        address.level == 0
          ? EventRow(events[place]).leafHash
          : tiles[TileAddress(level: address.level - 1, index: Int64(place))]!.node(over: 0..<256)
      }
      return Tile(address: address, hashes: hashes)
    }
    return TreeBuilder(size: size, edge: edge)
  }
}
