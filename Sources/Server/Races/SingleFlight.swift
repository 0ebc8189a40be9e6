import Synchronization

/// Values that are expensive to make, made once for everybody who asks at the same time and kept for those who ask later.
///
/// Keeps at most `capacity` values and drops the one that was not asked for longest. Failures are not kept.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable, Failure: Error>: Sendable {
  private struct Kept {
    let value: Value
    var usedAt: UInt64
  }

  private struct State {
    var kept: [Key: Kept] = [:]
    var underway: [Key: Task<Result<Value, Failure>, Never>] = [:]
    var uses: UInt64 = 0
  }

  private enum Found {
    case kept(Value)
    case underway(Task<Result<Value, Failure>, Never>)
  }

  private let state = Mutex(State())
  private let capacity: Int

  /// Keeps at most `capacity` values.
  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The value kept for a key; nil when there is none. O(1).
  func kept(_ key: Key) -> Value? { state.withLock { Self.use(&$0, key) } }

  /// The value of a key: the one kept, the one being made, or one that `make` makes now.
  ///
  /// Whoever asked may be cancelled; the making goes on for the others.
  func value(
    _ key: Key, _ make: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let found: Found = state.withLock { state in
      if let value = Self.use(&state, key) { return .kept(value) }
      if let task = state.underway[key] { return .underway(task) }
      let task = Task { await self.make(key, make) }
      state.underway[key] = task
      return .underway(task)
    }
    switch found {
    case .kept(let value): return value
    case .underway(let task): return try await task.value.get()
    }
  }

  /// Drops the value of a key.
  func forget(_ key: Key) { state.withLock { _ = $0.kept.removeValue(forKey: key) } }

  private func make(
    _ key: Key, _ make: @Sendable () async throws(Failure) -> Value
  ) async -> Result<Value, Failure> {
    let result: Result<Value, Failure>
    do throws(Failure) { result = .success(try await make()) } catch { result = .failure(error) }
    state.withLock { state in
      state.underway[key] = nil
      if case .success(let value) = result { keep(&state, key, value) }
    }
    return result
  }

  private func keep(_ state: inout State, _ key: Key, _ value: Value) {
    if state.kept.count >= capacity, let oldest = state.kept.min(by: { $0.value.usedAt < $1.value.usedAt })?.key {
      state.kept[oldest] = nil
    }
    state.uses += 1
    state.kept[key] = Kept(value: value, usedAt: state.uses)
  }

  private static func use(_ state: inout State, _ key: Key) -> Value? {
    guard let value = state.kept[key]?.value else { return nil }
    state.uses += 1
    state.kept[key]?.usedAt = state.uses
    return value
  }
}
