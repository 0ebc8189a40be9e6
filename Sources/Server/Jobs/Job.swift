public import Events

/// A piece of background work, as it is stored.
public struct Job: Sendable, Equatable {
  /// How far a job is.
  public enum State: String, Sendable {
    /// Waits for a worker, or for its time.
    case queued
    /// Somebody does it.
    case running
    /// It is done.
    case done
    /// It is given up: refused, tried too often, or cancelled.
    case failed
  }

  /// Its identifier.
  public let id: JobID
  /// The name of its kind: `import`.
  public let kind: String
  /// What it is about: `2023/monaco`. At most one job of a kind about a subject is unfinished.
  public let subject: String
  /// How far it is.
  public let state: State
  /// Steps done, of `total`; both 0 while nothing is known.
  public let done: Int
  /// Steps, as far as they are known.
  public let total: Int
  /// What is being done, or what came of it.
  public let message: String
  /// What its kind needs to know, as JSON.
  public let payload: String
  /// Who wanted it; nil for the command line.
  public let account: UserID?
  /// How often somebody began.
  public let attempts: Int
  /// Somebody wants it to stop.
  public let isCancelled: Bool
  /// Why the last attempt came to nothing.
  public let error: String?
  /// When it was wanted, began for the first time, and ended.
  public let createdAt: Timestamp
  /// When somebody first began.
  public let startedAt: Timestamp?
  /// When it was done or given up.
  public let finishedAt: Timestamp?

  /// It is done or given up.
  public var isFinished: Bool { state == .done || state == .failed }
}
