/// Bounds of background work.
public struct JobLimits: Sendable, Equatable {
  /// Jobs that this server does at a time; 0 leaves them to other servers. Default 1.
  public var atOnce = 1
  /// Unfinished jobs; more are refused. Default 1,000.
  public var unfinished = 1000
  /// How often the queue is looked into. Default 1 s.
  public var poll: Duration = .seconds(1)
  /// How often progress is stored, if it changed. Default 250 ms.
  public var tick: Duration = .milliseconds(250)
  /// How often a worker says that it is alive, and looks whether it should stop. Default 1 s.
  public var heartbeat: Duration = .seconds(1)
  /// A worker that was silent for so long is dead, and its job is taken over. Default 15 s.
  public var silence: Duration = .seconds(15)
  /// The pause after a first attempt that failed; it doubles from attempt to attempt. Default 5 s.
  public var firstPause: Duration = .seconds(5)
  /// The longest pause. Default 10 min.
  public var longestPause: Duration = .seconds(600)
  /// How long finished jobs can be asked for. Default 7 days.
  public var keep: Duration = .seconds(7 * 86_400)
  /// Clients that follow jobs at a time. Default 64.
  public var listeners = 64
  /// How long a silent stream of events goes without a sign of life. Default 15 s.
  public var streamSilence: Duration = .seconds(15)

  /// The defaults.
  public init() {}

  /// The pause after an attempt that failed, counted from 1.
  func pause(afterAttempt attempt: Int) -> Duration {
    min(firstPause * (1 << min(max(attempt - 1, 0), 20)), longestPause)
  }
}
