import Foundation

/// Bounds of a request. Everything has one.
public struct Limits: Sendable {
  /// Bytes of a body. Default 65,536.
  public var bodyBytes = 64 * 1024
  /// How deep JSON may be nested. Default 32.
  public var jsonDepth = 32
  /// Stops in a plan that is sent whole. Default 20.
  public var planStops = 20
  /// Rows on a page. Default 500.
  public var pageRows = 500
  /// Events in an account's history with proofs. Default 20,000.
  public var historyEvents = 20_000
  /// Bytes of one header field. Default 8,192.
  public var headerFieldBytes = 8 * 1024
  /// Bytes of all header fields together. Default 16,384.
  public var headerBytes = 16 * 1024
  /// Header fields of a request. Default 64.
  public var headerFields = 64
  /// How long a request may take before it is answered with 504. Default 10 s.
  public var requestTime: Duration = .seconds(10)
  /// How long a query waits for `minPosition`. Default 2 s.
  public var positionWait: Duration = .seconds(2)
  /// How long a season's table waits for races that are being computed. Default 5 s.
  public var digestWait: Duration = .seconds(5)
  /// How long the head of a request may take, and a connection may be open without one. Default 75 s.
  public var idleTime: Duration = .seconds(75)
  /// How long a client may take nothing of an answer that waits for it. Default 30 s.
  public var stallTime: Duration = .seconds(30)
  /// Connections at a time; more wait in the kernel's queue. Default 4,096.
  public var connections = 4096
  /// Requests a second that one account or address may make for long; 0 sets no limit. Default 2,000.
  public var requestsPerSecond = 2000
  /// Requests that one account or address may make at once. Default 10,000.
  public var requestBurst = 10_000
  /// Guest accounts that one address may open in an hour; 0 sets no limit. Default 600.
  public var guestsPerHour = 600
  /// Passwords that may be tried in an hour for one account from one address; ten times as many for one account from
  /// anywhere, and for any account from one address. A sixth of it at once. 0 sets no limit. Default 60.
  public var passwordsPerHour = 60
  /// Accounts that one address may ask for in an hour, a sixth of it at once; 0 sets no limit. Default 60.
  public var registrationsPerHour = 60
  /// Passwords that are hashed at a time, so that those who play keep a core. Default 2, or 1 on up to three cores.
  public var passwordThreads = ProcessInfo.processInfo.activeProcessorCount > 3 ? 2 : 1
  /// Passwords that wait to be hashed; more are refused with 503. Default 16.
  public var passwordsWaiting = 16

  /// The defaults.
  public init() {}
}
