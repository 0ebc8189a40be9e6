/// Gets bodies: from the cache where they are fresh, else over the network, politely, with patience, and never half.
public struct Fetcher: Sendable {
  /// The bodies on disk.
  public let archive: BodyArchive
  private let shared: SharedBodies?
  private let client: WebClient?
  private let pacer: Pacer
  private let limits: FetchLimits
  private let time: Timepiece
  private let isRefreshing: Bool

  /// How a fetcher behaves.
  public struct Configuration: Sendable {
    /// The bodies on disk.
    public var archive: BodyArchive
    /// Bodies that other machines fetched.
    public var shared: SharedBodies?
    /// Never open a connection: what is not in the cache is not there.
    public var isOffline = false
    /// Ask whether bodies changed, however fresh they are.
    public var isRefreshing = false
    /// Bounds.
    public var limits = FetchLimits()
    /// Keeps requests apart.
    public var pacer = Pacer()
    /// Time and chance.
    public var time = Timepiece()

    /// The defaults, with that archive.
    public init(archive: BodyArchive) { self.archive = archive }
  }

  /// Runs `body` with a fetcher, and closes its connections afterwards. Offline there are none.
  public static func with<Value: Sendable, Failure: Error>(
    _ configuration: Configuration, _ body: (Fetcher) async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let client = configuration.isOffline ? nil : WebClient(configuration.limits)
    do {
      let value = try await body(Fetcher(configuration, client))
      await client?.close()
      return value
    } catch {
      await client?.close()
      throw error
    }
  }

  private init(_ configuration: Configuration, _ client: WebClient?) {
    archive = configuration.archive
    shared = configuration.shared
    self.client = client
    pacer = configuration.pacer
    limits = configuration.limits
    time = configuration.time
    isRefreshing = configuration.isRefreshing
  }

  /// The body at an address.
  ///
  /// What the cache has is taken without asking while it is fresh; after that its source is asked whether it changed, and
  /// where asking fails for a reason that passes, what the cache has stays good.
  /// - Throws: see ``FetchError/Reason``.
  func fetch(_ request: BodyRequest) async throws(FetchError) -> Fetched {
    let stored = try await known(request.url)
    guard let client else {
      guard let stored else { throw FetchError(url: request.url, reason: .notCached) }
      return Fetched(body: stored, origin: .cache)
    }
    if let stored, !isRefreshing, age(of: stored) < limits.freshness { return Fetched(body: stored, origin: .cache) }
    do throws(FetchError) {
      return try await ask(client, request, stored)
    } catch {
      guard let stored, error.reason != .cancelled, !error.reason.isRefusal else { throw error }
      return Fetched(body: stored, origin: .kept(because: error))
    }
  }

  /// What an address gave last: as this machine knows it, or where that is not fresh, as others do.
  private func known(_ url: String) async throws(FetchError) -> StoredBody? {
    let own = archive.body(at: url)
    if let own, age(of: own) < limits.freshness { return own }
    guard let shared = await shared?.find(url), own.map({ $0.isOlder(than: shared.body) }) ?? true else { return own }
    do throws(BodyArchive.Failure) { return try archive.adopt(shared) ?? own } catch {
      throw FetchError(url: url, reason: .storage(error.reason))
    }
  }

  /// The bytes of a body.
  func bytes(of fetched: Fetched) throws(FetchError) -> [UInt8] {
    do throws(FetchError.Reason) { return try bytes(of: fetched.body) } catch {
      throw FetchError(url: fetched.body.url, reason: error)
    }
  }

  private func bytes(of body: StoredBody) throws(FetchError.Reason) -> [UInt8] {
    do throws(BodyArchive.Failure) { return try archive.bytes(of: body) } catch { throw .storage(error.reason) }
  }

  private func age(of stored: StoredBody) -> Duration {
    let age = time.now() - .milliseconds(stored.checkedAtMilliseconds)
    return age < .zero ? limits.freshness : age
  }

  private func ask(
    _ client: WebClient, _ request: BodyRequest, _ stored: StoredBody?
  ) async throws(FetchError) -> Fetched {
    let backOff = BackOff(limits)
    var attempt = 1
    while true {
      let reason: FetchError.Reason
      do throws(FetchError.Reason) {
        try await takeTurn(request)
        let fetched = try await tryOnce(client, request, stored)
        // What has not changed is shared already.
        if let shared, fetched.origin == .network { await shared.keep(fetched.body, try bytes(of: fetched.body)) }
        return fetched
      } catch {
        reason = error
      }
      let failure = FetchError(url: request.url, reason: reason, attempts: attempt)
      guard reason.isPassing, attempt < limits.attempts else { throw failure }
      let pause = wish(reason) ?? backOff.pause(afterAttempt: attempt, chance: time.chance())
      guard pause <= limits.longestPause else { throw failure }
      if wish(reason) != nil { pacer.hold(request.base.origin, until: time.now() + pause) }
      try await wait(pause, failure)
      attempt += 1
    }
  }

  private func wish(_ reason: FetchError.Reason) -> Duration? {
    guard case .status(_, let seconds?) = reason else { return nil }
    return .seconds(seconds)
  }

  private func wait(_ pause: Duration, _ failure: FetchError) async throws(FetchError) {
    do { try await time.sleep(pause) } catch {
      throw FetchError(url: failure.url, reason: .cancelled, attempts: failure.attempts)
    }
  }

  private func takeTurn(_ request: BodyRequest) async throws(FetchError.Reason) {
    let wait = pacer.wait(
      for: request.base.origin, request.pace, now: time.now(), longest: limits.longestPause)
    guard wait <= limits.longestPause else {
      throw .allowanceSpent(retryAfterSeconds: Int(wait.components.seconds) + 1)
    }
    if wait > .zero { do { try await time.sleep(wait) } catch { throw .cancelled } }
  }

  /// One try, with the redirections it is sent on.
  private func tryOnce(
    _ client: WebClient, _ request: BodyRequest, _ stored: StoredBody?
  ) async throws(FetchError.Reason) -> Fetched {
    var url = request.url
    for _ in 0...limits.redirects {
      let incoming = try IncomingBody(archive, limitBytes: min(request.expectation.limitBytes, limits.bodyBytes))
      let head = try await client.get(url, headers: headers(request, stored)) {
        (head, part) async throws(FetchError.Reason) in try incoming.take(head, part)
      }
      switch head.status {
      case 200: return try taken(incoming, head, request)
      case 304:
        guard let stored else { throw .status(304, retryAfterSeconds: nil) }
        return try confirmed(stored, head)
      case 301, 302, 303, 307, 308: url = try target(head.location, from: url, request.base)
      default: throw .status(head.status, retryAfterSeconds: RetryAfter.seconds(head.retryAfter, now: time.now()))
      }
    }
    throw .redirected(to: url)
  }

  private func headers(_ request: BodyRequest, _ stored: StoredBody?) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    if let token = request.token { headers.append(("Authorization", "Bearer \(token.secret)")) }
    if let etag = stored?.etag { headers.append(("If-None-Match", etag)) }
    if let date = stored?.lastModified { headers.append(("If-Modified-Since", date)) }
    return headers
  }

  /// Only addresses of the same origin are followed: an answer must not lead us into the network that we stand in.
  private func target(
    _ location: String?, from url: String, _ base: BaseAddress
  ) throws(FetchError.Reason) -> String {
    guard let location, !location.isEmpty else { throw .redirected(to: "nowhere") }
    if location.hasPrefix("/"), !location.hasPrefix("//") { return base.origin + location }
    guard let address = BaseAddress(String(location.prefix { $0 != "?" })), address.origin == base.origin else {
      throw .redirected(to: String(location.prefix(200)))
    }
    return location
  }

  private func taken(
    _ incoming: IncomingBody, _ head: WebClient.Head, _ request: BodyRequest
  ) throws(FetchError.Reason) -> Fetched {
    let (digest, size) = try incoming.keep(request.expectation)
    let now = time.milliseconds
    let stored = StoredBody(
      url: request.url, digest: digest, size: size, etag: head.etag, lastModified: head.lastModified,
      checkedAtMilliseconds: now, fetchedAtMilliseconds: now)
    try record(stored)
    return Fetched(body: stored, origin: .network)
  }

  private func confirmed(_ stored: StoredBody, _ head: WebClient.Head) throws(FetchError.Reason) -> Fetched {
    var stored = stored
    stored.checkedAtMilliseconds = time.milliseconds
    stored.etag = head.etag ?? stored.etag
    try record(stored)
    return Fetched(body: stored, origin: .unchanged)
  }

  private func record(_ stored: StoredBody) throws(FetchError.Reason) {
    do throws(BodyArchive.Failure) { try archive.record(stored) } catch { throw .storage(error.reason) }
  }
}

extension Timepiece {
  fileprivate var milliseconds: Int64 {
    let (seconds, attoseconds) = now().components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
