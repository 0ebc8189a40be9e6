internal import Logging
internal import Postgres

extension Tail {
  /// Makes subscribers look into the database now and then, for what other processes append.
  func poll() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: limits.poll)
      hub.wake()
    }
  }

  /// Makes subscribers look as soon as another process says that it has appended.
  /// - Parameter own: the name in notifications of this process.
  func listen(_ configuration: PostgresConfiguration, besides own: String) async {
    do throws(PostgresError) {
      for try await event in Listener(configuration, channels: [LogNotifier.channel]) {
        if case .notification(let notification) = event, notification.payload == own { continue }
        hub.wake()
      }
    } catch {
      // Subscribers still look by themselves.
      if error.code != .cancelled { logger.error("not listening for other processes: \(error)") }
    }
  }
}
