import Commands
import EventStore
import Events
import Projections
import Racing
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
      let report = await Self.workshop.result { ReplayReport(pair.live, pair.green, references: references) }
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
    do throws(CatalogError) { return try await library.allReferences() } catch {
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
