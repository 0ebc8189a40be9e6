internal import Dispatch

/// A thread of its own for work that computes for long, so that requests are not kept waiting for a processor's turn.
package final class Workshop: Sendable {
  private let queue: DispatchQueue

  /// A thread with a name for debuggers. Work is done in the order given.
  package init(_ name: String) { queue = DispatchQueue(label: name, qos: .utility) }

  /// Does the work on that thread.
  package func result<Value: Sendable, Failure: Error>(
    of work: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(Failure) {
          continuation.resume(returning: .success(try work()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }
}
