import Logging

/// Notifications of some channels, over a connection of its own that is made again whenever it breaks.
///
/// A notification is a hint, never a promise: after `.listening`, `.reconnected` and `.dropped` look at the tables.
public struct Listener: AsyncSequence, Sendable {
  /// What happens on the channels.
  public typealias Element = ListenEvent
  /// Only `cancelled`, or a failure that trying again does not mend (a wrong password, a dropped database).
  public typealias Failure = PostgresError

  /// How to connect.
  public let configuration: PostgresConfiguration
  /// The channels.
  public let channels: [String]

  /// Listens on channels once it is iterated; each iterator has its own connection.
  public init(_ configuration: PostgresConfiguration, channels: [String]) {
    self.configuration = configuration
    self.channels = channels
  }

  /// Listens; nothing happens before the first call of `next`.
  public func makeAsyncIterator() -> Iterator { Iterator(listener: self) }

  /// Reads what happens, and connects when there is no connection.
  public struct Iterator: AsyncIteratorProtocol {
    let listener: Listener
    var session: Session?
    var hadConnection = false

    /// The next event; never `nil`.
    /// - Throws: `cancelled`, `connectionFailed` when trying again is pointless.
    public mutating func next() async throws(PostgresError) -> ListenEvent? { try await nextEvent() }

    /// The same, on the caller's actor.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> ListenEvent? {
      try await nextEvent()
    }
  }
}

extension Listener.Iterator {
  private mutating func nextEvent() async throws(PostgresError) -> ListenEvent? {
    if let session {
      if let event = try await session.core.notifications.next() { return event }
      self.session = nil
      await session.close()
    }
    session = try await connect()
    defer { hadConnection = true }
    return hadConnection ? .reconnected : .listening
  }

  /// Connects and listens, again and again until it works, waiting longer after every failure.
  private func connect() async throws(PostgresError) -> Session {
    var pause = Duration.milliseconds(20)
    while true {
      do throws(PostgresError) {
        return try await listener.open()
      } catch {
        guard error.code != .cancelled, !error.isPermanent else { throw error }
        listener.configuration.logger?.warning("not listening: \(error)")
      }
      do {
        try await Task.sleep(for: pause)
      } catch {
        throw PostgresError(.cancelled, "cancelled while connecting")
      }
      pause = min(pause * 2, .seconds(2))
    }
  }
}

extension Listener {
  fileprivate func open() async throws(PostgresError) -> Session {
    let session = try await Session.connect(configuration)
    do throws(PostgresError) {
      _ = try await session.execute(
        channels.map { "LISTEN \($0.quotedIdentifier)" }.joined(separator: ";"), timeout: configuration.connectTimeout)
      return session
    } catch {
      await session.close()
      throw error
    }
  }
}

extension String {
  /// As a name in SQL, whatever its characters.
  var quotedIdentifier: String {
    "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

extension Session {
  /// Notifications of a channel, over a further connection to the same server that is made again whenever it breaks.
  public func listen(_ channel: String) -> Listener { Listener(core.configuration, channels: [channel]) }

  /// Sends a notification to everybody who listens on the channel.
  /// - Throws: as `query`; SQLSTATE 22023 when the payload has 8,000 bytes or more.
  public func notify(_ channel: String, _ payload: String = "") async throws(PostgresError) {
    _ = try await query(.notify, [channel, payload])
  }
}

extension Pool {
  /// Notifications of a channel, over a connection besides the pool's.
  public func listen(_ channel: String) -> Listener { Listener(configuration, channels: [channel]) }

  /// Sends a notification to everybody who listens on the channel.
  /// - Throws: as `query`; SQLSTATE 22023 when the payload has 8,000 bytes or more.
  public func notify(_ channel: String, _ payload: String = "") async throws(PostgresError) {
    _ = try await query(.notify, [channel, payload])
  }
}

extension Statement {
  fileprivate static let notify = Statement("pg_notify", "SELECT pg_notify($1, $2)")
}
