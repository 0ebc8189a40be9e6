public import Commands
import EventStore
import Events
public import Projections
public import Racing
import Synchronization

/// Replays of the whole log that operators ask for: a model is built beside the live one and compared with it. One at a
/// time; the last ones are remembered, by this process.
final class Replays: Sendable {
  /// What a replay is for.
  struct Request: Sendable {
    /// How the log is folded.
    let plan: FoldPlan
    /// Queries see the new model afterwards.
    let shows: Bool
  }

  /// A replay: waiting, under way or over.
  struct Record: Sendable {
    /// Where it stands.
    enum State: String, Sendable {
      case running, done, failed
    }

    let id: StreamID
    let rules: String
    let shows: Bool
    let startedAt: Timestamp
    var state = State.running
    var done = Position.zero
    var total = Position.zero
    var finishedAt: Timestamp?
    var reason: String?
    var report: ReplayReport?
  }

  private struct State {
    var records: [Record] = []
    var task: Task<Void, Never>?
  }

  private static let keptMax = 20
  private static let workshop = Workshop("blame.replays")

  private let build: GreenBuild
  private let library: RaceLibrary
  private let state = Mutex(State())

  /// Replays over the parts of a server.
  init(live: LiveProjections, rebuild: Rebuild, library: RaceLibrary) {
    build = GreenBuild(live: live, rebuild: rebuild)
    self.library = library
  }

  /// The replay of an identifier; nil when this process does not remember one.
  func record(_ id: StreamID) -> Record? { state.withLock { $0.records.first { $0.id == id } } }

  /// Begins a replay.
  /// - Throws: `conflict` as long as another one is under way.
  func start(_ request: Request, id: StreamID) throws(Problem) -> Record {
    let record = Record(id: id, rules: request.plan.name, shows: request.shows, startedAt: .now)
    let running = state.withLock { state -> StreamID? in
      if let running = state.records.last, running.state == .running { return running.id }
      state.records.append(record)
      if state.records.count > Self.keptMax { state.records.removeFirst() }
      state.task = Task { await self.run(request, id) }
      return nil
    }
    guard let running else { return record }
    throw Problem(
      .conflict, "The replay \(running) is under way: wait for it.", extras: [.text("replay", "\(running)")])
  }

  /// Gives up what is under way.
  func cancel() { state.withLock { $0.task?.cancel() } }

  private func run(_ request: Request, _ id: StreamID) async {
    do throws(Rebuild.Failure) {
      let pair = try await build.run(request.plan, shows: request.shows) { position, total in
        self.change(id) { record in
          record.done = position
          record.total = total
        }
      }
      let references = try await references()
      let report = await Self.workshop.result { ReplayReport(pair, references: references) }
      change(id) { record in
        record.state = .done
        record.done = pair.green.position
        record.total = pair.green.position
        record.report = report
      }
    } catch {
      change(id) { record in
        record.state = .failed
        record.reason = error.description
      }
    }
    change(id) { $0.finishedAt = .now }
  }

  private func references() async throws(Rebuild.Failure) -> [(race: RaceKey, circuit: String, CrowdReference)] {
    do throws(CatalogError) { return try await library.references() } catch {
      throw .unavailable(reason: "\(error)")
    }
  }

  private func change(_ id: StreamID, _ change: (inout Record) -> Void) {
    state.withLock { state in
      guard let index = state.records.lastIndex(where: { $0.id == id }) else { return }
      change(&state.records[index])
    }
  }
}

/// What a replay found.
struct ReplayReport: Sendable {
  /// Hash of what queries saw, lower-case hexadecimal.
  let live: String
  /// Hash of the model that was built.
  let replayed: String
  /// Users and windows of the one beside those of the other.
  let comparison: RulesComparison

  /// Compares two models at one position. O(state).
  init(_ pair: LiveProjections.Pair, references: [(race: RaceKey, circuit: String, CrowdReference)]) {
    live = pair.live.stateHash
    replayed = pair.green.stateHash
    comparison = RulesComparison(pair.live, pair.green, references: references)
  }
}

extension Rebuild.Failure: CustomStringConvertible {
  /// One sentence for operators.
  public var description: String {
    switch self {
    case .unavailable(let reason): "the log cannot be read: \(reason)"
    case .poison(_, let reason): reason
    case .rules(let reason): "the rules are not understood: \(reason)"
    }
  }
}

extension RaceLibrary {
  /// What the model knows of every race that it does not refuse, for windows.
  /// - Throws: `unavailable` when a race cannot be loaded.
  /// - Complexity: some seconds the first time for each race.
  public func references() async throws(CatalogError) -> [(race: RaceKey, circuit: String, CrowdReference)] {
    var references: [(race: RaceKey, circuit: String, CrowdReference)] = []
    for race in summaries {
      do throws(CatalogError) {
        references.append((race.key, race.circuit, try await reference(of: race.key)))
      } catch {
        // A race without a model has no windows to compare.
        if case .unavailable = error { throw error }
      }
    }
    return references
  }
}
