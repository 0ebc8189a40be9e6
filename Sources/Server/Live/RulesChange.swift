import Events
import Logging
import Projections
import Synchronization

/// Brings rules into force that were decided while the server runs: builds the model by them beside the live one, and
/// exchanges the two. A later decision overtakes one that is under way.
final class RulesChange: Sendable {
  private struct State {
    var wanted: FoldPlan?
    var task: Task<Void, Never>?
  }

  private let runner: ProjectionRunner
  private let state = Mutex(State())

  /// For a runner's projections.
  init(_ runner: ProjectionRunner) { self.runner = runner }

  /// Looks whether the model is folded by the rules in force, and sees to it that it will be.
  func look() {
    let plan: FoldPlan
    do throws(RulesError) { plan = try FoldPlan(runner.live.governance) } catch {
      return runner.logger.error("the rules in force are not understood", metadata: ["reason": "\(error)"])
    }
    state.withLock { state in
      guard plan.rules != (state.wanted ?? runner.live.plan).rules else { return }
      state.task?.cancel()
      state.wanted = plan
      state.task = Task { [self] in await change(to: plan) }
    }
  }

  /// Gives up what is under way.
  func cancel() { state.withLock { $0.task?.cancel() } }

  private func change(to plan: FoldPlan) async {
    let logger = runner.logger
    logger.notice("a model by other rules is built", metadata: ["rules": "\(plan.name)"])
    while !Task.isCancelled {
      do throws(Rebuild.Failure) {
        let pair = try await GreenBuild(live: runner.live, rebuild: runner.rebuild).run(plan, shows: true)
        logger.notice(
          "other rules are in force",
          metadata: ["rules": "\(plan.name)", "position": "\(pair.green.position.rawValue)"])
        state.withLock { if $0.wanted == plan { $0.wanted = nil } }
        return await runner.saveSnapshot(replacing: true)
      } catch {
        if Task.isCancelled { return }
        logger.error("the model by other rules is built again", metadata: ["reason": "\(error)"])
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }
}
