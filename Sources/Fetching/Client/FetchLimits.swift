/// Bounds of fetching. Everything has one.
public struct FetchLimits: Sendable, Equatable {
  /// How long a connection may take to come up. Default 10 s.
  public var connect: Duration = .seconds(10)
  /// How long nothing may come. Default 30 s.
  public var idle: Duration = .seconds(30)
  /// How long one try may take from the request to the last byte. Default 5 min.
  public var whole: Duration = .seconds(300)
  /// Tries of one request. Default 5.
  public var attempts = 5
  /// The pause before the second try; it doubles from try to try. Default 0.5 s.
  public var firstPause: Duration = .milliseconds(500)
  /// No pause is longer, whoever asks for it: a longer one ends the request, with the time to come back. Default 2 min.
  public var longestPause: Duration = .seconds(120)
  /// Redirections that are followed, within one host only. Default 3.
  public var redirects = 3
  /// Bytes of one body, unpacked. The largest topic that is read is eight million. Default 64 MiB.
  public var bodyBytes = 64 << 20
  /// Connections to one host. Default 2.
  public var connectionsPerHost = 2
  /// How old what the cache has may be before its source is asked whether it changed. Default 1 h.
  public var freshness: Duration = .seconds(3600)

  /// The defaults.
  public init() {}
}
