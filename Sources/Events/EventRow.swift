/// An event exactly as it is stored: the data are bytes, so that what was hashed stays what was stored, whatever a newer
/// program has written into it.
public struct EventRow: Sendable, Equatable {
  /// Its place in the one order.
  public var position: Position
  /// What it happened to.
  public var stream: StreamID
  /// Dense within the stream.
  public var version: Version
  /// What sort of thing happened.
  public var type: EventType
  /// The account that caused it; nil for the system.
  public var actor: UserID?
  /// Dense within the actor; nil where there is none.
  public var actorVersion: Version?
  /// The command that caused it.
  public var command: CommandID
  /// Set by the store inside the append.
  public var recordedAt: Timestamp
  /// Canonical data.
  public var data: [UInt8]

  /// A stored event.
  public init(
    position: Position, stream: StreamID, version: Version, type: EventType, actor: UserID?, actorVersion: Version?,
    command: CommandID, recordedAt: Timestamp, data: [UInt8]
  ) {
    self.position = position
    self.stream = stream
    self.version = version
    self.type = type
    self.actor = actor
    self.actorVersion = actorVersion
    self.command = command
    self.recordedAt = recordedAt
    self.data = data
  }

  /// The row that this program stores for an event.
  public init(_ recorded: RecordedEvent) {
    self.init(
      position: recorded.position, stream: recorded.stream, version: recorded.version, type: recorded.event.type,
      actor: recorded.actor, actorVersion: recorded.actorVersion, command: recorded.command,
      recordedAt: recorded.recordedAt, data: recorded.event.data)
  }

  /// The event with its data read.
  ///
  /// - Throws: `EventDecodingError` when the data are not those of the type.
  public func recorded() throws(EventDecodingError) -> RecordedEvent {
    RecordedEvent(
      position: position, stream: stream, version: version, actor: actor, actorVersion: actorVersion,
      command: command, recordedAt: recordedAt, event: try Event(type: type, data: data))
  }
}
