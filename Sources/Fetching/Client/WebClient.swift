import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// Sends one request after another, each within its time, and hands bodies on as they arrive.
struct WebClient: Sendable {
  /// What every request says of who asks.
  static let userAgent = "BlameEngine (race data import)"

  let client: HTTPClient
  let limits: FetchLimits

  init(_ limits: FetchLimits) {
    self.limits = limits
    var configuration = HTTPClient.Configuration()
    configuration.timeout.connect = TimeAmount(limits.connect)
    configuration.timeout.read = TimeAmount(limits.idle)
    configuration.redirectConfiguration = .disallow
    configuration.decompression = .enabled(limit: .size(limits.bodyBytes))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connectionsPerHost
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Closes every connection. Must be called once.
  func close() async {
    // Nothing is under way any more, so that there is nothing to fail.
    try? await client.shutdown()
  }

  /// What came, apart from the body.
  struct Head: Sendable {
    let status: Int
    let etag: String?
    let lastModified: String?
    let retryAfter: String?
    let location: String?
    /// Bytes announced, where they are those of the body as we see it.
    let announcedBytes: Int?
  }

  /// Asks for an address. The body goes to `take` only where the status is 200.
  func get(
    _ url: String, headers: [(name: String, value: String)],
    take: @escaping @Sendable (Head, ByteBuffer) async throws(FetchError.Reason) -> Void
  ) async throws(FetchError.Reason) -> Head {
    var request = HTTPClientRequest(url: url)
    request.headers.add(name: "User-Agent", value: Self.userAgent)
    request.headers.add(name: "Accept", value: "application/json, text/plain, */*;q=0.1")
    request.headers.add(name: "Accept-Encoding", value: "gzip")
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    let prepared = request
    return try await within(limits.whole) { () async throws(FetchError.Reason) in
      try await exchange(prepared, take: take)
    }
  }

  private func exchange(
    _ request: HTTPClientRequest, take: @Sendable (Head, ByteBuffer) async throws(FetchError.Reason) -> Void
  ) async throws(FetchError.Reason) -> Head {
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, timeout: TimeAmount(limits.whole))
    } catch {
      throw reason(error)
    }
    let head = Head(response)
    guard head.status == 200 else { return head }
    var received = 0
    do {
      for try await part in response.body {
        received += part.readableBytes
        try await take(head, part)
      }
    } catch {
      throw brokenOff(error, head, received)
    }
    if Task.isCancelled { throw .cancelled }
    if let announced = head.announcedBytes, announced != received {
      throw .truncated(expectedBytes: announced, receivedBytes: received)
    }
    return head
  }

  private func brokenOff(_ error: any Error, _ head: Head, _ received: Int) -> FetchError.Reason {
    if let refused = error as? FetchError.Reason { return refused }
    let reason = reason(error)
    guard case .unreachable = reason else { return reason }
    if let announced = head.announcedBytes { return .truncated(expectedBytes: announced, receivedBytes: received) }
    return .unreachable("the connection broke after \(received) bytes of the body")
  }

  func reason(_ error: any Error) -> FetchError.Reason {
    if Task.isCancelled || error is CancellationError { return .cancelled }
    if let error = error as? NIOHTTPDecompression.DecompressionError {
      if case .limit = error { return .tooLarge(limitBytes: limits.bodyBytes) }
      return .unexpectedContent("the packed body cannot be unpacked")
    }
    guard let error = error as? HTTPClientError else {
      return .unreachable("no connection, or it broke (\(error))")
    }
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
      return .timedOut("no connection within \(limits.connect)")
    case .readTimeout: return .timedOut("nothing came for \(limits.idle)")
    case .deadlineExceeded: return .timedOut("not done within \(limits.whole)")
    case .cancelled: return .cancelled
    default: return .unreachable("no connection, or it broke (\(error.shortDescription))")
    }
  }
}

extension WebClient.Head {
  fileprivate init(_ response: HTTPClientResponse) {
    let headers = response.headers
    status = Int(response.status.code)
    etag = headers.first(name: "ETag")
    lastModified = headers.first(name: "Last-Modified")
    retryAfter = headers.first(name: "Retry-After")
    location = headers.first(name: "Location")
    let isPacked = headers.contains(name: "Content-Encoding")
    announcedBytes = isPacked ? nil : headers.first(name: "Content-Length").flatMap { Int($0) }
  }
}

extension TimeAmount {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}

/// The value of `work`, or a time-out when it does not come within `limit`: the work is cancelled then.
func within<Value: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws(FetchError.Reason) -> Value
) async throws(FetchError.Reason) -> Value {
  let outcome = await withTaskGroup(of: Result<Value, FetchError.Reason>?.self) { group in
    group.addTask {
      do throws(FetchError.Reason) { return .success(try await work()) } catch { return .failure(error) }
    }
    group.addTask { (try? await Task.sleep(for: limit)) == nil ? nil : .failure(.timedOut("not done within \(limit)")) }
    defer { group.cancelAll() }
    while let first = await group.next() { if let first { return first } }
    return .failure(.cancelled)
  }
  return try outcome.get()
}
