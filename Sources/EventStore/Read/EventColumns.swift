internal import Events
internal import Postgres

/// The columns of an event in the order in which every reader asks for them.
enum EventColumns {
  static let list = "position, recorded_at, version, actor_version, stream, command, actor, type, data"
  /// Microseconds between 1970-01-01 and 2000-01-01, where the server's count starts.
  static let serverEpoch: Int64 = 946_684_800_000_000
}

extension Row {
  /// The event in a row of `EventColumns`.
  func event(passingOver quarantine: QuarantineList) throws(ReadError) -> RecordedEvent {
    var position = Position.zero
    do throws(PostgresError) {
      position = Position(rawValue: try int64(0))
      let recordedAt = Timestamp(microseconds: try serverMicroseconds(1) &+ EventColumns.serverEpoch)
      let version = Version(rawValue: try int32(2))
      let actorVersion = unsafeBytes(3) == nil ? nil : Version(rawValue: try int32(3))
      let stream = StreamID(try uuid(4))
      let command = CommandID(try uuid(5))
      let actor = unsafeBytes(6) == nil ? nil : UserID(try uuid(6))
      return RecordedEvent(
        position: position, stream: stream, version: version, actor: actor, actorVersion: actorVersion,
        command: command, recordedAt: recordedAt, event: try content(at: position, passingOver: quarantine))
    } catch {
      throw .undecodable(position: position, reason: error.message)
    }
  }

  private func content(
    at position: Position, passingOver quarantine: QuarantineList
  ) throws(PostgresError) -> Event {
    guard let type = unsafeBytes(7), let data = unsafeBytes(8) else {
      throw PostgresError(.decoding, "type or data is NULL")
    }
    do throws(EventDecodingError) {
      return try withExtendedLifetime(self) { () throws(EventDecodingError) in try Event(typeName: type, data: data) }
    } catch {
      if let substitute = quarantine.substitute(at: position) { return substitute }
      throw PostgresError(.decoding, error.description)
    }
  }
}
