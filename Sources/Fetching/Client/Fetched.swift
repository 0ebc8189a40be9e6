/// A body that was asked for and is in the archive.
public struct Fetched: Sendable, Equatable {
  /// How it came.
  public enum Origin: Sendable, Equatable {
    /// Over the network, now.
    case network
    /// The server said that what we have is still right.
    case unchanged
    /// From the cache, without asking.
    case cache
    /// From the cache, because asking failed.
    case kept(because: FetchError)
  }

  /// The body.
  public let body: StoredBody
  /// How it came.
  public let origin: Origin
}

/// One thing to ask a source for.
struct BodyRequest: Sendable {
  /// Where.
  let base: BaseAddress
  /// What, below it.
  let path: String
  /// What it must look like.
  let expectation: Expectation
  /// How often the source may be asked.
  let pace: Pace
  /// Goes into a header, and nowhere else.
  var token: SourceToken?

  var url: String { base.adding(path) }
}

/// A secret that a source gave its user. It shows in no text.
public struct SourceToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let secret: String

  /// The token; nil for one that is empty or cannot stand in a header.
  public init?(_ secret: String) {
    guard !secret.isEmpty, secret.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
    self.secret = secret
  }

  /// Not the secret.
  public var description: String { "a token" }
  /// Not the secret.
  public var debugDescription: String { description }
  /// Not the secret.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
