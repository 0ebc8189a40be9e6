/// An event as it stands in the log.
public struct RecordedEvent: Sendable, Equatable {
  public var position: Position
  public var stream: StreamID
  public var version: Version
  /// nil for the system.
  public var actor: UserID?
  /// Dense within the actor; nil where there is none.
  public var actorVersion: Version?
  public var command: CommandID
  /// Set by the store inside the append; never decides anything.
  public var recordedAt: Timestamp
  public var event: Event
}
