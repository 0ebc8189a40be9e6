import Synchronization

/// One caller's work for a session.
///
/// `@unchecked Sendable`: `continuation` is set by the caller before the request enters the inbox (whose lock orders
/// the two) and from then on belongs to the session's thread, like `progress`. The rest is immutable or atomic.
final class Request: @unchecked Sendable {
  enum Work: Sendable {
    /// Statements in pipeline mode; one Sync at the end (all or nothing), or one after each.
    case calls([Call], syncEach: Bool)
    /// SQL commands, separated by semicolons.
    case script(String)
    /// Exclusive use until released.
    case lease
    /// COPY … TO STDOUT.
    case copyOut(String, CopyOutChannel)
    /// COPY … FROM STDIN.
    case copyIn(String, CopyInChannel)
  }

  /// What the caller is told.
  enum Outcome: Sendable {
    case results([Result<Rows, PostgresError>])
    case failed(PostgresError)
  }

  let id: UInt64
  let work: Work
  let lease: UInt64?
  let timeout: Duration?
  /// Set by a cancelled task, which may happen before the request gets into the inbox.
  let isStopRequested = Atomic<Bool>(false)
  var continuation: CheckedContinuation<Outcome, Never>?
  var progress = Progress()

  private static let lastID = Atomic<UInt64>(0)

  init(_ work: Work, lease: UInt64? = nil, timeout: Duration? = nil) {
    self.id = Self.lastID.wrappingAdd(1, ordering: .relaxed).newValue
    self.work = work
    self.lease = lease
    self.timeout = timeout
  }

  var kind: SessionMachine<Request>.Kind {
    switch work {
    case .calls(_, let syncEach): syncEach ? .ordered : .repeatable
    case .script, .copyOut, .copyIn: .simple
    case .lease: .lease
    }
  }

  /// For errors: the name of the statement, or what kind of work it is.
  func statementName(_ call: Int) -> String? {
    guard case .calls(let calls, _) = work, call < calls.count else { return nil }
    let name = calls[call].statement.name
    return name.isEmpty ? nil : name
  }
}

extension Request {
  /// How far the results have come.
  struct Progress {
    /// What the server answers, in order.
    enum Step { case prepare, execute, sync }

    var steps: [Step] = []
    var position = 0
    var call = 0
    var results: [Result<Rows, PostgresError>] = []
    /// Error of the call under way (from preparing or executing it).
    var error: PostgresError?
    var isAborted = false
    var rows: Rows?
    var wasCanceled = false
    var wantsAgain = false
    /// The prepared statement each call uses, to be forgotten when it turns out to be unknown.
    var generations: [Int?] = []
  }
}
