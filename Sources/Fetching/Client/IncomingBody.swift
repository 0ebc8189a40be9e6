import NIOCore

/// A body on its way into the archive.
struct IncomingBody: Sendable {
  private let archive: BodyArchive
  private let file: PendingFile
  private let limitBytes: Int

  init(_ archive: BodyArchive, limitBytes: Int) throws(FetchError.Reason) {
    self.archive = archive
    self.limitBytes = limitBytes
    do throws(BodyArchive.Failure) { file = try archive.pendingBody() } catch { throw .storage(error.reason) }
  }

  /// Takes the next part.
  /// - Throws: `tooLarge` as soon as the body is, or says it will be, larger than the limit; `storage`.
  func take(_ head: WebClient.Head, _ part: ByteBuffer) throws(FetchError.Reason) {
    let count = max(file.count + part.readableBytes, head.announcedBytes ?? 0)
    if count > limitBytes { throw .tooLarge(limitBytes: limitBytes) }
    do throws(BodyArchive.Failure) { try file.write(Array(part.readableBytesView)) } catch {
      throw .storage(error.reason)
    }
  }

  /// Takes the whole body into the archive, unless it is not what was expected.
  func keep(_ expectation: Expectation) throws(FetchError.Reason) -> (digest: String, size: Int) {
    let contents: [UInt8]
    do throws(BodyArchive.Failure) { contents = try file.contents() } catch { throw .storage(error.reason) }
    if let objection = expectation.objection(contents) { throw .unexpectedContent(objection) }
    do throws(BodyArchive.Failure) { return try archive.keep(file) } catch { throw .storage(error.reason) }
  }
}
