/// A body in the archive, with what its server said of it.
public struct StoredBody: Sendable, Equatable, Codable {
  /// Where it came from.
  public var url: String
  /// SHA-256 of the bytes, in lower-case hexadecimal.
  public var digest: String
  /// Bytes.
  public var size: Int
  /// The server's name of this version, for asking whether it changed.
  public var etag: String?
  /// When the server says it changed last, as sent.
  public var lastModified: String?
  /// When the server last gave it or said that it is still the same, in milliseconds since 1970.
  public var checkedAtMilliseconds: Int64
  /// When the bytes came, in milliseconds since 1970.
  public var fetchedAtMilliseconds: Int64

  /// What is known of a body.
  public init(
    url: String, digest: String, size: Int, etag: String?, lastModified: String?, checkedAtMilliseconds: Int64,
    fetchedAtMilliseconds: Int64
  ) {
    self.url = url
    self.digest = digest
    self.size = size
    self.etag = etag
    self.lastModified = lastModified
    self.checkedAtMilliseconds = checkedAtMilliseconds
    self.fetchedAtMilliseconds = fetchedAtMilliseconds
  }

  /// The other was confirmed by its server later.
  func isOlder(than other: StoredBody) -> Bool { checkedAtMilliseconds < other.checkedAtMilliseconds }
}
