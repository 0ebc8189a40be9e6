import Logging
import Synchronization

extension Pool {
  typealias Held = (session: Session, slot: Int, generation: Int)

  func acquire(_ use: Machine.Use) async throws(PostgresError) -> Held {
    let now = monotonicNanoseconds()
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let grant = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in ask(use, id: id, now: now, caller) }
    } onCancel: {
      state.withLock { $0.machine.giveUp(id) }?.resume(
        returning: .failed(PostgresError(.cancelled, "cancelled while waiting for a session", isSafeToRetry: true)))
    }
    switch grant {
    case .session(let session, let slot, let generation): return (session, slot, generation)
    case .failed(let error): throw error
    }
  }

  private func ask(_ use: Machine.Use, id: UInt64, now: UInt64, _ caller: CheckedContinuation<Grant, Never>) {
    var tasks: [Machine.Task] = []
    let deadline = now + configuration.poolWaitTimeout.nanoseconds
    let (grant, needsTimer) = state.withLock { state -> (Grant?, Bool) in
      let answer = state.machine.acquire(use, id: id, now: now, deadline: deadline, tasks: &tasks) { caller }
      let needsTimer = !state.isTimerRunning && state.machine.nextDeadline != nil
      if needsTimer { state.isTimerRunning = true }
      return (self.grant(answer, state.machine), needsTimer)
    }
    if needsTimer { startTimer() }
    perform(tasks)
    if let grant {
      caller.resume(returning: grant)
    } else if Task.isCancelled {
      // The cancellation may have come before the caller was in line.
      state.withLock { $0.machine.giveUp(id) }?.resume(
        returning: .failed(PostgresError(.cancelled, "cancelled while waiting for a session", isSafeToRetry: true)))
    }
  }

  private func grant(_ answer: Machine.Answer, _ machine: Machine) -> Grant? {
    switch answer {
    case .use(let session, let slot): .session(session, slot: slot, generation: machine.slots[slot].generation)
    case .wait: nil
    case .closed: .failed(Self.closed)
    case .full:
      .failed(
        PostgresError(
          .poolExhausted, "\(machine.waitingCount) callers wait for a session already", isSafeToRetry: true))
    }
  }

  func release(_ use: Machine.Use, _ slot: Int, _ generation: Int) {
    let now = monotonicNanoseconds()
    change { machine, tasks in machine.release(use, slot: slot, generation: generation, now: now, tasks: &tasks) }
  }

  /// Changes the machine, then does what it asks for, outside the lock.
  private func change(
    _ body: (inout Machine, inout [Machine.Task]) -> [(CheckedContinuation<Grant, Never>, Machine.Answer)]
  ) {
    var tasks: [Machine.Task] = []
    let served = state.withLock { state in
      body(&state.machine, &tasks).compactMap { waiter, answer in
        grant(answer, state.machine).map { (waiter, $0) }
      }
    }
    for (waiter, grant) in served { waiter.resume(returning: grant) }
    perform(tasks)
  }

  private func perform(_ tasks: [Machine.Task]) {
    for task in tasks {
      switch task {
      case .open(let slot, let generation): Task { await self.open(slot, generation) }
      case .check(let slot, let generation): Task { await self.check(slot, generation) }
      }
    }
  }

  private func open(_ slot: Int, _ generation: Int) async {
    do throws(PostgresError) {
      let session = try await Session.connect(configuration)
      var isWanted = false
      change { machine, tasks in
        let (wanted, served) = machine.opened(
          session, slot: slot, generation: generation, now: monotonicNanoseconds(), tasks: &tasks)
        isWanted = wanted
        return served
      }
      guard isWanted else { return await session.close() }
      session.core.whenEnded { [weak self] _ in
        self?.change { machine, tasks in
          machine.broken(slot: slot, generation: generation, tasks: &tasks)
          return []
        }
      }
    } catch {
      await openingFailed(error, slot, generation)
    }
  }

  private func openingFailed(_ error: PostgresError, _ slot: Int, _ generation: Int) async {
    configuration.logger?.warning("no connection to PostgreSQL: \(error)")
    let (rest, hopeless) = state.withLock {
      $0.machine.openingFailed(error, isPermanent: error.isPermanent, slot: slot, generation: generation)
    }
    for waiter in hopeless { waiter.resume(returning: .failed(error)) }
    guard let rest else { return }
    try? await Task.sleep(for: .nanoseconds(Int64(rest) + Int64.random(in: 0...Int64(rest) / 4)))
    change { machine, tasks in
      machine.rested(slot: slot, generation: generation, tasks: &tasks)
      return []
    }
  }

  private static let signOfLife = Statement(unnamed: "")

  /// Asks an idle session for a sign of life; one that gives none is replaced.
  private func check(_ slot: Int, _ generation: Int) async {
    guard let session = state.withLock({ $0.machine.slots[slot].member }) else { return }
    do throws(PostgresError) {
      _ = try await session.query(Self.signOfLife, timeout: .seconds(2))
      change { machine, tasks in
        machine.checked(slot: slot, generation: generation, now: monotonicNanoseconds(), tasks: &tasks)
      }
    } catch {
      change { machine, tasks in
        machine.broken(slot: slot, generation: generation, tasks: &tasks)
        return []
      }
      await session.close()
    }
  }

  /// Watches the deadlines of those who wait, as long as somebody does.
  private func startTimer() {
    Task {
      while let deadline = nextDeadline() {
        let now = monotonicNanoseconds()
        if deadline > now { try? await Task.sleep(for: .nanoseconds(Int64(deadline - now))) }
        let (expired, failure) = state.withLock { state in
          (state.machine.expire(now: monotonicNanoseconds()), state.machine.lastFailure)
        }
        for waiter in expired { waiter.resume(returning: .failed(waitedInVain(failure))) }
      }
    }
  }

  private func nextDeadline() -> UInt64? {
    state.withLock { state in
      state.isTimerRunning = state.machine.nextDeadline != nil
      return state.machine.nextDeadline
    }
  }

  private func waitedInVain(_ failure: PostgresError?) -> PostgresError {
    if let failure { return failure }
    return PostgresError(
      .poolExhausted, "no session became free within \(configuration.poolWaitTimeout)",
      hint: "more sessions, or shorter use of them", isSafeToRetry: true)
  }
}

extension PostgresError {
  /// Whether trying again later is pointless: the password, user or database is wrong.
  var isPermanent: Bool {
    guard code == .connectionFailed else { return false }
    return message.contains("authentication failed") || message.contains("does not exist")
      || message.contains("no pg_hba.conf entry") || message.contains("no password supplied")
  }
}
