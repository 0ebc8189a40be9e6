/// The files of one session as the archive lists them.
public struct SessionIndex: Sendable, Equatable {
  /// One topic's files, by name in the session's folder.
  public struct Feed: Sendable, Equatable {
    /// The last state: `TimingData.json`.
    public var keyFrame: String?
    /// Every message: `TimingData.jsonStream`.
    public var stream: String?
  }

  /// By topic.
  public var feeds: [String: Feed]

  /// The index in those bytes; nil where they are none, such as a web page.
  public init?(_ bytes: [UInt8]) {
    guard case .object(let listed) = JSONValue(bytes)?["Feeds"] else { return nil }
    feeds = listed.mapValues { feed in
      Feed(keyFrame: feed["KeyFramePath"]?.string, stream: feed["StreamPath"]?.string)
    }
  }
}
