import Synchronization

/// The value of `work`, or ``ProblemCode/timedOut`` when it does not come within `limit`.
///
/// Work that is late is cancelled and left behind, not waited for: what it does to the log is either done or not, and
/// the same idempotency key tells.
func withinTime<Value: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws(Problem) -> Value
) async throws(Problem) -> Value {
  let race = FirstOutcome<Value>()
  let worker = Task {
    do throws(Problem) {
      race.settle(.success(try await work()))
    } catch {
      race.settle(.failure(error))
    }
  }
  let clock = Task {
    if (try? await Task.sleep(for: limit)) != nil {
      race.settle(.failure(Problem(.timedOut, "No answer within \(limit); repeat it with the same Idempotency-Key.")))
    }
  }
  let outcome = await withTaskCancellationHandler {
    await race.outcome()
  } onCancel: {
    worker.cancel()
  }
  worker.cancel()
  clock.cancel()
  return try outcome.get()
}

/// The first of several outcomes; later ones are dropped.
private final class FirstOutcome<Value: Sendable>: Sendable {
  private enum State {
    case open
    case awaited(CheckedContinuation<Result<Value, Problem>, Never>)
    case settled(Result<Value, Problem>)
  }

  private let state = Mutex(State.open)

  func settle(_ outcome: Result<Value, Problem>) {
    let waiting: CheckedContinuation<Result<Value, Problem>, Never>? = state.withLock { state in
      switch state {
      case .open:
        state = .settled(outcome)
        return nil
      case .awaited(let continuation):
        state = .settled(outcome)
        return continuation
      case .settled: return nil
      }
    }
    waiting?.resume(returning: outcome)
  }

  func outcome() async -> Result<Value, Problem> {
    await withCheckedContinuation { continuation in
      let settled: Result<Value, Problem>? = state.withLock { state in
        if case .settled(let outcome) = state { return outcome }
        state = .awaited(continuation)
        return nil
      }
      if let settled { continuation.resume(returning: settled) }
    }
  }
}
