import Events
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Where a request came in.
struct CallContext: InitializableFromSource {
  let channel: any Channel
  let logger: Logger

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
    logger = source.logger
  }

  /// The client's address without its port; `local` for a unix socket.
  var address: String { channel.remoteAddress?.ipAddress ?? "local" }

  /// The number of the request in the server's log.
  var requestID: String { logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "" }
}

/// Takes requests from Hummingbird: finds the endpoint, checks rights and limits, and turns whatever the routes answer
/// or refuse into a response.
struct CallResponder: HTTPResponder {
  private let table = RouteTable()
  private let answering: any CallAnswering
  private let accounts: any CallAuthenticating
  private let limiter: RateLimiter
  private let limits: Limits
  private let metrics: Metrics
  private let trustsProxy: Bool
  private let crossOrigin: CrossOrigin
  private let isReadOnly: Bool
  private let page: Page?
  private let ownOrigin: OwnOrigin

  /// Passes calls on to `answering`; what is the page's is answered by `page`.
  init(
    answering: any CallAnswering, accounts: any CallAuthenticating, limits: Limits, metrics: Metrics,
    trustsProxy: Bool, isReadOnly: Bool = false, ownOrigin: OwnOrigin, crossOrigin: CrossOrigin = .none,
    page: Page? = nil
  ) {
    self.ownOrigin = ownOrigin
    self.page = page
    self.crossOrigin = crossOrigin
    self.answering = answering
    self.accounts = accounts
    self.limits = limits
    self.metrics = metrics
    self.trustsProxy = trustsProxy
    self.isReadOnly = isReadOnly
    limiter = RateLimiter(perHour: limits.requestsPerSecond * 3600, burst: limits.requestBurst)
  }

  @Sendable
  func respond(to request: Request, context: CallContext) async throws -> Response {
    response(await answer(to: request, context), request, context)
  }

  private func answer(to request: Request, _ context: CallContext) async -> Answer {
    let target = request.head.path?[...] ?? "/"
    if target == "/ping", request.method == .get || request.method == .head { return Self.pong }
    if let answer = page?.answer(method: request.method.rawValue, target: target, headers: request.headers) {
      return answer
    }
    if let answer = preflight(request, target) { return answer }
    let start = ContinuousClock.now
    var endpoint: Endpoint?
    var answer: Answer
    do throws(Problem) {
      let (found, parameters, query) = try route(request)
      endpoint = found
      answer = try await self.answer(request, found, parameters, query, context)
    } catch {
      answer = refuse(error, context)
    }
    answer = answer.packed(for: request.headers)
    let duration = start.duration(to: .now)
    metrics.record(endpoint, status: answer.status, duration: duration)
    log(request, endpoint, answer, duration, context)
    return answer
  }

  private func preflight(_ request: Request, _ target: Substring) -> Answer? {
    guard request.method == .options, let methods = table.methods(path: target.prefix { $0 != "?" }) else { return nil }
    return crossOrigin.preflight(request.headers, methods: methods)
  }

  private static let pong = Answer(type: .text, body: ByteBuffer(string: "pong\n"))

  private func route(_ request: Request) throws(Problem) -> (Endpoint, [String], Query) {
    let target = request.head.path ?? "/"
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = halves.first ?? "/"
    switch table.match(method: request.method.rawValue, path: path) {
    case .found(let endpoint, let parameters):
      return (endpoint, parameters, halves.count > 1 ? try Query(halves[1]) : Query())
    case .wrongMethod(let allow):
      var problem = Problem(
        .methodNotAllowed, "\(request.method.rawValue) does not work at \(path.prefix(200)); use \(allow).")
      problem.allow = allow
      throw problem
    case .nothing:
      throw Problem(.notFound, "There is nothing at \(path.prefix(200)); GET /api/v1 lists what there is.")
    case .malformed:
      throw Problem(.malformedRequest, "The path \(path.prefix(200)) is not percent-encoded UTF-8.")
    }
  }

  private func answer(
    _ request: Request, _ endpoint: Endpoint, _ parameters: [String], _ query: Query, _ context: CallContext
  ) async throws(Problem) -> Answer {
    let address = address(of: request, context)
    let isFromOwnPage = ownOrigin.isNamed(in: request.headers, host: request.head.authority)
    let signedIn = try await signedIn(request, endpoint, from: address, isFromOwnPage: isFromOwnPage)
    if !endpoint.isOperations { try limit(signedIn?.account.id.description ?? address) }
    if isReadOnly, request.method != .get, request.method != .head { throw .readOnly }
    let extent = try endpoint.access.extent(for: signedIn?.account)
    var call = Call(
      endpoint: endpoint, parameters: parameters, query: query, signedIn: signedIn, address: address,
      extent: extent, isFromOwnPage: isFromOwnPage, headers: request.headers)
    if endpoint.takesBody { call.body = try await RequestContent.read(request, limits, context.channel) }
    let waits = ["minPosition", "asOf", "rules"].contains { query[$0] != nil }
    if endpoint.isImmediate, !waits { return try await answering.answer(call) }
    let complete = call
    return try await withinTime(limits.requestTime) { () async throws(Problem) in try await answering.answer(complete) }
  }

  private func limit(_ client: String) throws(Problem) {
    guard let seconds = limiter.take(client) else { return }
    throw Problem(
      .tooManyRequests, "More than \(limits.requestsPerSecond) requests a second; try again in \(seconds) s.",
      retryAfterSeconds: seconds)
  }

  private func signedIn(
    _ request: Request, _ endpoint: Endpoint, from address: String, isFromOwnPage: Bool
  ) async throws(Problem) -> SignedIn? {
    if let header = request.headers[.authorization] { return try await signedIn(header: header, from: address) }
    let cookies = Cookies(request.headers)
    guard cookies.areOfSession else { return nil }
    let isRead = request.method == .get || request.method == .head
    guard isRead || isFromOwnPage else { throw .foreignOrigin }
    guard let token = cookies[.access] else { return nil }
    do throws(Problem) { return try await signedIn(token: token, from: address) } catch {
      // A browser sends what it has: an old cookie must not keep anybody from what everybody may see.
      if error.code == .unauthenticated || endpoint.access == .everyone { return nil }
      throw error
    }
  }

  private func signedIn(header: String, from address: String) async throws(Problem) -> SignedIn {
    let parts = header.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw Problem(.unauthenticated, "The Authorization header is not of the form \"Bearer TOKEN\".")
    }
    return try await signedIn(token: parts[1], from: address)
  }

  private func signedIn(token: Substring, from address: String) async throws(Problem) -> SignedIn {
    if let known = accounts.known(token) { return known }
    // Guessing tokens costs queries, so it counts against the address.
    try limit(address)
    return try await accounts.signedIn(token)
  }

  private func address(of request: Request, _ context: CallContext) -> String {
    let forwarded = trustsProxy ? request.headers[.xForwardedFor]?.split(separator: ",").last : nil
    return forwarded.map { String($0.drop { $0 == " " }) } ?? context.address
  }

  private func refuse(_ problem: Problem, _ context: CallContext) -> Answer {
    var problem = problem
    if problem.code.status >= 500 { problem.extras.append(.text("request", context.requestID)) }
    return Answer(problem)
  }

  /// Names no path: one may hold an account's name, or a secret that somebody put into the wrong place.
  private func log(
    _ request: Request, _ endpoint: Endpoint?, _ answer: Answer, _ duration: Duration, _ context: CallContext
  ) {
    let level: Logger.Level = answer.status == 500 ? .error : .debug
    context.logger.log(
      level: level, "answered",
      metadata: [
        "method": "\(Self.methods.contains(request.method.rawValue) ? request.method.rawValue : "other")",
        "route": "\(endpoint.map { "\($0)" } ?? "none")", "status": "\(answer.status)",
        "microseconds": "\(duration.microseconds)",
      ])
  }

  private static let methods: Set<String> = ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"]

  private func response(_ answer: Answer, _ request: Request, _ context: CallContext) -> Response {
    let status = HTTPResponse.Status(code: answer.status)
    var headers = answer.headers
    SecurityHeaders.complete(&headers)
    headers[.requestID] = context.requestID
    crossOrigin.mark(&headers, for: request.headers)
    guard request.method == .head else {
      let body = answer.stream.map { ResponseBody(asyncSequence: $0) } ?? ResponseBody(byteBuffer: answer.body)
      return Response(status: status, headers: headers, body: body)
    }
    if answer.stream != nil { return Response(status: status, headers: headers) }
    headers[.contentLength] = String(answer.body.readableBytes)
    return Response(status: status, headers: headers)
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
