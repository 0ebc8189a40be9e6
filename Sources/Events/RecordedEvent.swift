/// An event as it stands in the log.
public struct RecordedEvent: Sendable, Equatable {
  /// Its place in the one order.
  public var position: Position
  /// What it happened to.
  public var stream: StreamID
  /// Dense within the stream.
  public var version: Version
  /// The account that caused it; nil for the system.
  public var actor: UserID?
  /// Dense within the actor; nil where there is none.
  public var actorVersion: Version?
  /// The command that caused it.
  public var command: CommandID
  /// Set by the store inside the append; never decides anything.
  public var recordedAt: Timestamp
  /// What happened.
  public var event: Event

  /// An event at its place.
  public init(
    position: Position, stream: StreamID, version: Version, actor: UserID?, actorVersion: Version?, command: CommandID,
    recordedAt: Timestamp, event: Event
  ) {
    self.position = position
    self.stream = stream
    self.version = version
    self.actor = actor
    self.actorVersion = actorVersion
    self.command = command
    self.recordedAt = recordedAt
    self.event = event
  }
}
