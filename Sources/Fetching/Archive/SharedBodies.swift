/// Bodies that several machines share: what one fetched, none fetches again.
///
/// Sharing is a convenience: where it fails, bodies are fetched as if nobody shared.
public struct SharedBodies: Sendable {
  /// A body and its bytes.
  public typealias Shared = (body: StoredBody, bytes: [UInt8])

  let find: @Sendable (_ url: String) async -> Shared?
  let keep: @Sendable (_ body: StoredBody, _ bytes: [UInt8]) async -> Void

  /// A place that is shared.
  /// - Parameter find: what an address gave last; nil where nobody asked it.
  /// - Parameter keep: keeps what an address gave, in place of what it gave before.
  public init(
    find: @escaping @Sendable (_ url: String) async -> (body: StoredBody, bytes: [UInt8])?,
    keep: @escaping @Sendable (_ body: StoredBody, _ bytes: [UInt8]) async -> Void
  ) {
    self.find = find
    self.keep = keep
  }
}

extension BodyArchive {
  /// Takes in what another machine fetched; nothing where the bytes are not those of the digest.
  func adopt(_ shared: SharedBodies.Shared) throws(Failure) -> StoredBody? {
    let file = try pendingBody()
    try file.write(shared.bytes)
    let (digest, _) = try keep(file)
    guard digest == shared.body.digest else { return nil }
    try record(shared.body)
    return shared.body
  }
}
