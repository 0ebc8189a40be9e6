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
      position = Position(rawValue: try decode(0))
      let recordedAt = try timestamp(1)
      let version = Version(rawValue: try decode(2))
      let actorVersion = isNull(3) ? nil : Version(rawValue: try decode(3))
      let stream = StreamID(try decode(4, as: PostgresUUID.self))
      let command = CommandID(try decode(5, as: PostgresUUID.self))
      let actor = isNull(6) ? nil : UserID(try decode(6, as: PostgresUUID.self))
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
    let content = withBytes(7) { type in
      withBytes(8) { data in
        type.withUnsafeBytes { type in
          data.withUnsafeBytes { data in
            Result { () throws(EventDecodingError) in try Event(typeName: type, data: data) }
          }
        }
      }
    }
    guard case .some(.some(let result)) = content else { throw PostgresError(.decoding, "type or data is NULL") }
    do throws(EventDecodingError) {
      return try result.get()
    } catch {
      if let substitute = quarantine.substitute(at: position) { return substitute }
      throw PostgresError(.decoding, error.description)
    }
  }
}
