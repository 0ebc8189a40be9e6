/// Why a body did not come.
public struct FetchError: Error, Sendable, Equatable {
  /// What was asked for.
  public var url: String
  /// What came instead.
  public var reason: Reason
  /// How often it was tried; 0 when nothing was sent.
  public var attempts: Int

  /// An error about an address.
  public init(url: String, reason: Reason, attempts: Int = 0) {
    self.url = url
    self.reason = reason
    self.attempts = attempts
  }

  /// What came instead of a body.
  public enum Reason: Error, Sendable, Equatable {
    /// Another status than 200; with the wait that the server asks for.
    case status(Int, retryAfterSeconds: Int?)
    /// No connection, or it broke.
    case unreachable(String)
    /// Too slow: names what took too long and the limit.
    case timedOut(String)
    /// More bytes than we take; the rest was not read.
    case tooLarge(limitBytes: Int)
    /// The connection ended before the announced length.
    case truncated(expectedBytes: Int, receivedBytes: Int)
    /// The server sends us somewhere else, or in circles.
    case redirected(to: String)
    /// A body that is not what this address should give.
    case unexpectedContent(String)
    /// Nothing may be fetched and the cache does not have it.
    case notCached
    /// What may be asked in an hour has been asked.
    case allowanceSpent(retryAfterSeconds: Int)
    /// The cache cannot be read or written.
    case storage(String)
    /// The task was cancelled.
    case cancelled
  }
}

extension FetchError.Reason {
  /// The same request may well succeed a little later.
  var isPassing: Bool {
    switch self {
    case .status(let status, _): [429, 500, 502, 503, 504].contains(status)
    case .unreachable, .timedOut, .truncated: true
    case .tooLarge, .redirected, .unexpectedContent, .notCached, .allowanceSpent, .storage, .cancelled: false
    }
  }

  /// The same request may succeed some time later.
  var mayPass: Bool {
    switch self {
    case .allowanceSpent, .storage: true
    default: isPassing
    }
  }

  /// The source has nothing there, or does not give it: an ordinary answer.
  var isRefusal: Bool {
    if case .status(let status, _) = self { return (400..<500).contains(status) && status != 429 }
    return false
  }
}

extension FetchError: CustomStringConvertible {
  /// What was asked, what came, and what to do.
  public var description: String {
    let tries = attempts > 1 ? " after \(attempts) tries" : ""
    return "\(url): \(reason)\(tries). \(remedy)"
  }

  private var remedy: String {
    switch reason {
    case .status(let status, let seconds): FetchError.remedy(status, seconds)
    case .unreachable: "Check the network, or use --from with files."
    case .timedOut: "Try again later; what came so far is kept."
    case .tooLarge: "This is no body of timing data: check the address."
    case .truncated: "Try again; bodies that came whole are kept."
    case .redirected: "Give the address it names, if you trust it."
    case .unexpectedContent: "Check the address, or use --from with files."
    case .notCached: "Import once without --offline, or use --from with files."
    case .allowanceSpent(let seconds): "Try again in \(seconds) s; what came so far is kept."
    case .storage: "Check that the cache's folder can be written and has room."
    case .cancelled: "What came so far is kept."
    }
  }

  private static func remedy(_ status: Int, _ seconds: Int?) -> String {
    switch status {
    case 401, 403: "The source does not give it without an account; use --from with files."
    case 404: "The source does not have it."
    case 429: seconds.map { "Try again in \($0) s; what came so far is kept." } ?? "Try again later."
    default: "Try again later; what came so far is kept."
    }
  }
}

extension FetchError.Reason: CustomStringConvertible {
  /// What came, without a full stop.
  public var description: String {
    switch self {
    case .status(let status, let seconds):
      "answered \(status)" + (seconds.map { " and asks to wait \($0) s" } ?? "")
    case .unreachable(let what): what
    case .timedOut(let what): what
    case .tooLarge(let limit): "the body is larger than \(limit) bytes; the rest was not read"
    case .truncated(let expected, let received): "the body ended after \(received) of \(expected) bytes"
    case .redirected(let target): "sends us to \(target), which is not followed"
    case .unexpectedContent(let what): what
    case .notCached: "not in the cache, and nothing may be fetched"
    case .allowanceSpent: "all that may be asked in an hour has been asked"
    case .storage(let what): "the cache failed: \(what)"
    case .cancelled: "cancelled"
    }
  }
}
