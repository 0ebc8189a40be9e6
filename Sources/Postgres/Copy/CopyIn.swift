/// Where the rows of a COPY … FROM STDIN go. Valid until the closure it was given to returns.
public struct CopyIn: Sendable {
  let channel: CopyInChannel
  let inbox: Inbox

  /// Hands over bytes (any piece of the stream, rows may be cut), and waits while the server is behind.
  /// - Throws: why the COPY has ended early.
  public func write(_ bytes: [UInt8]) async throws(PostgresError) {
    try await channel.write(bytes) { inbox.wake() }
  }
}

extension Session {
  /// Feeds a COPY … FROM STDIN from a closure. The session serves nobody else until it is over. When the closure
  /// throws, or the task is cancelled, nothing of it takes effect.
  /// - Returns: how many rows were copied.
  /// - Throws: what the closure throws, or the server's error.
  public func copyIn(
    _ sql: String, timeout: Duration? = nil, _ body: (CopyIn) async throws -> Void
  ) async throws -> Int {
    try await core.copyIn(sql, lease: nil, timeout: timeout, body)
  }

  /// Feeds a COPY … FROM STDIN from a sequence of chunks, each any piece of the stream.
  /// - Returns: how many rows were copied.
  /// - Throws: what the sequence throws, or the server's error.
  public func copyIn<Chunks: AsyncSequence>(
    _ sql: String, _ chunks: Chunks, timeout: Duration? = nil
  ) async throws -> Int where Chunks.Element == [UInt8] {
    try await core.copyIn(sql, lease: nil, timeout: timeout) { copy in
      for try await chunk in chunks { try await copy.write(chunk) }
    }
  }
}

extension SessionCore {
  func copyIn(
    _ sql: String, lease: UInt64?, timeout: Duration?, _ body: (CopyIn) async throws -> Void
  ) async throws -> Int {
    let channel = CopyInChannel()
    let request = Request(.copyIn(sql, channel), lease: lease, timeout: timeout)
    if let refusal = inbox.enqueue(request) { throw refusal }
    return try await withTaskCancellationHandler {
      do {
        try await body(CopyIn(channel: channel, inbox: inbox))
      } catch {
        _ = await channel.finish(abort: "the client gave up") { inbox.wake() }
        throw error
      }
      return try Self.rowCount(await channel.finish(abort: nil) { inbox.wake() })
    } onCancel: {
      inbox.stop(request)
    }
  }

  private static func rowCount(_ outcome: Request.Outcome) throws(PostgresError) -> Int {
    switch outcome {
    case .failed(let error): throw error
    case .results(let results):
      var count = 0
      for result in results { count += try result.get().affectedRows }
      return count
    }
  }
}
