/// What a writer believes a stream's version to be.
public enum ExpectedVersion: Sendable, Equatable {
  /// Anything goes.
  case any
  /// The stream must not exist.
  case none
  /// The stream must exist.
  case exists
  /// The stream must be at exactly this version.
  case exactly(Version)
}

/// The events of one command, to be appended together or not at all.
public struct Append: Sendable {
  /// The idempotency key: a command that is known already gets its first answer again.
  public var command: CommandID
  /// Who caused it; nil for the system.
  public var actor: UserID?
  /// What must hold for the streams; at most one expectation a stream.
  public var expectations: [Expectation]
  /// At least one event.
  public var events: [NewEvent]
  /// Kept with the command and given again to whoever repeats it; canonical JSON text or empty.
  public var answer: [UInt8]

  /// What must hold for one stream.
  public struct Expectation: Sendable, Equatable {
    /// The stream in question.
    public var stream: StreamID
    /// What its version must be.
    public var version: ExpectedVersion

    /// An expectation of one stream.
    public init(stream: StreamID, version: ExpectedVersion) {
      self.stream = stream
      self.version = version
    }
  }

  /// One event to append.
  public struct NewEvent: Sendable, Equatable {
    /// What it happens to.
    public var stream: StreamID
    /// What happens.
    public var event: Event

    /// An event for a stream.
    public init(stream: StreamID, event: Event) {
      self.stream = stream
      self.event = event
    }
  }

  /// One command's events.
  public init(command: CommandID, actor: UserID?, expectations: [Expectation], events: [NewEvent], answer: [UInt8] = [])
  {
    self.command = command
    self.actor = actor
    self.expectations = expectations
    self.events = events
    self.answer = answer
  }
}

/// Where a command's events stand.
public struct Appended: Sendable, Equatable {
  /// Position of the first event; the others follow without a gap.
  public var first: Position
  /// How many events.
  public var count: Int
  /// The command had been appended before; this is its first answer again.
  public var isRepeat: Bool
  /// The answer kept with the command.
  public var answer: [UInt8]
  /// Position of the last event.
  public var last: Position { Position(rawValue: first.rawValue + Int64(count) - 1) }

  /// A command's place in the log.
  public init(first: Position, count: Int, isRepeat: Bool, answer: [UInt8]) {
    self.first = first
    self.count = count
    self.isRepeat = isRepeat
    self.answer = answer
  }
}

/// Why nothing was appended.
public enum AppendError: Error, Sendable, Equatable {
  /// A stream is not at the version expected.
  case conflict(stream: StreamID, expected: ExpectedVersion, found: Version)
  /// The queue is full; try again after the time given.
  case overloaded(retryAfter: Duration)
  /// The database cannot be reached or refuses to write (disk full, read only); nothing was acknowledged.
  case unavailable(reason: String)
  /// The log is closed.
  case closed
}

/// Why nothing was read.
public enum ReadError: Error, Sendable, Equatable {
  /// The database cannot be reached.
  case unavailable(reason: String)
  /// A stored event cannot be understood.
  case undecodable(position: Position, reason: String)
}

/// The log as deciders see it. The PostgreSQL store and the in-memory log of the tests both are one.
public protocol EventLog: Sendable {
  /// Appends a command's events durably and in order, or refuses.
  func append(_ append: Append) async throws(AppendError) -> Appended
  /// The events of a stream after a version, in order.
  func events(of stream: StreamID, after version: Version) async throws(ReadError) -> [RecordedEvent]
  /// The answer a command got, if it is known.
  func answer(to command: CommandID) async throws(ReadError) -> Appended?
}
