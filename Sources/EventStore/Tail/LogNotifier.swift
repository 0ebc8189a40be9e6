internal import Logging
internal import Postgres
internal import Synchronization

/// Tells other processes that the log has grown: at once, and then at most once in a while for everything that came
/// meanwhile, because a notification takes a lock that all databases of the server share.
final class LogNotifier: Sendable {
  private struct State {
    var isDue = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  /// The channel.
  static let channel = "blame_log"

  /// Names this log in its notifications, so that it can leave out its own.
  let name: String
  private let pause: Duration
  private let state = Mutex(State())

  /// A hint need not survive a crash, so it does not wait for the disk.
  private static let notify = Statement(
    "log-notify", "SELECT set_config('synchronous_commit', 'off', true), pg_notify('\(channel)', $1)")

  init(pause: Duration = .milliseconds(10)) {
    self.pause = pause
    name = String(UInt64.random(in: .min ... .max), radix: 16)
  }

  /// The log has grown.
  func ring() {
    let waiter = state.withLock { state in
      state.isDue = true
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// Notifies until the task is cancelled.
  func run(_ pool: Pool, _ logger: Logger) async {
    while await due() {
      do throws(PostgresError) {
        _ = try await pool.query(Self.notify, [name])
      } catch {
        // Others look by themselves too, so a failure costs nothing but time.
        logger.debug("other processes were not notified: \(error)")
      }
      try? await Task.sleep(for: pause)
    }
  }

  private func due() async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
        let isReady = state.withLock { state in
          if state.isDue || Task.isCancelled { return true }
          state.waiter = waiter
          return false
        }
        if isReady { waiter.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiter.take() }?.resume()
    }
    state.withLock { $0.isDue = false }
    return !Task.isCancelled
  }
}
