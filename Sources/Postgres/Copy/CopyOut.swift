/// The rows of a COPY … TO STDOUT, in chunks of about 128 KiB that never cut a row.
///
/// The COPY starts with the first call of `next`. The session serves nobody else until it is over. A slow reader
/// makes the server wait; letting go of the iterator, or cancelling the task, stops the COPY on the server.
public struct CopyOut: AsyncSequence, Sendable {
  /// A run of whole rows.
  public typealias Element = CopyChunk
  /// Everything that can go wrong.
  public typealias Failure = PostgresError

  let core: SessionCore
  let sql: String
  let lease: UInt64?
  let timeout: Duration?

  /// One run of the COPY.
  public func makeAsyncIterator() -> Iterator {
    Iterator(run: CopyOutRun(core, Request(.copyOut(sql, CopyOutChannel()), lease: lease, timeout: timeout)))
  }

  /// Reads the chunks in order.
  public struct Iterator: AsyncIteratorProtocol {
    let run: CopyOutRun

    /// The next chunk; `nil` at the end.
    /// - Throws: the server's error, `cancelled`, `timeout`, `connectionLost`.
    public mutating func next() async throws(PostgresError) -> CopyChunk? { try await run.next() }

    /// The same, on the caller's actor.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> CopyChunk? {
      try await run.next()
    }
  }
}

/// Stops the COPY when the iterator is let go.
///
/// `@unchecked Sendable`: `isStarted` is only touched by the task that iterates; the rest is immutable.
final class CopyOutRun: @unchecked Sendable {
  private let core: SessionCore
  private let request: Request
  private var isStarted = false

  init(_ core: SessionCore, _ request: Request) {
    self.core = core
    self.request = request
  }

  private var channel: CopyOutChannel {
    guard case .copyOut(_, let channel) = request.work else { preconditionFailure("not a COPY out") }
    return channel
  }

  func next() async throws(PostgresError) -> CopyChunk? {
    let result = await withTaskCancellationHandler {
      start()
      return await taken()
    } onCancel: {
      core.inbox.stop(request)
    }
    return try result.get()
  }

  private func start() {
    guard !isStarted else { return }
    isStarted = true
    if let refusal = core.inbox.enqueue(request) { channel.end(refusal) }
  }

  private func taken() async -> Result<CopyChunk?, PostgresError> {
    do throws(PostgresError) {
      guard let (chunk, wasFull) = try await channel.next() else { return .success(nil) }
      if wasFull { core.inbox.wake() }
      return .success(chunk)
    } catch {
      return .failure(error)
    }
  }

  deinit {
    guard isStarted else { return }
    channel.abandon()
    core.inbox.stop(request)
  }
}

extension Session {
  /// Streams a COPY … TO STDOUT. Text or binary; for binary see `BinaryCopyReader`.
  /// - Parameter timeout: for the whole COPY, waiting for the reader included.
  public func copyOut(_ sql: String, timeout: Duration? = nil) -> CopyOut {
    CopyOut(core: core, sql: sql, lease: nil, timeout: timeout)
  }
}
