/// A message that somebody sent with NOTIFY.
public struct Notification: Sendable, Hashable {
  /// The channel it was sent on.
  public let channel: String
  /// What was sent along; empty if nothing.
  public let payload: String
  /// Process id of the server process that sent it.
  public let backendPID: Int32

  /// A notification, as the server would send it.
  public init(channel: String, payload: String, backendPID: Int32) {
    self.channel = channel
    self.payload = payload
    self.backendPID = backendPID
  }
}

/// What happens on the channels a `Listener` listens to.
public enum ListenEvent: Sendable, Hashable {
  /// From now on notifications arrive. Comes first.
  case listening
  /// Somebody sent a notification.
  case notification(Notification)
  /// The connection was lost and made again: notifications sent meanwhile are lost, look at the tables yourself.
  case reconnected
  /// The reader was too slow and this many notifications were dropped: look at the tables yourself.
  case dropped(Int)
}
