/// What one commit of the append queue did, for whoever measures it.
public struct AppendedBatch: Sendable {
  /// Commands that were committed together.
  public let commands: Int
  /// Their events.
  public let events: Int
  /// From sending the batch to having it on disk.
  public let duration: Duration
}
