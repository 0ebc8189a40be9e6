import CZlib
import HTTPTypes
import NIOCore

extension Answer {
  /// Smaller answers are not worth the work.
  private static let gzipFrom = 1024

  /// The answer packed, where the client takes it and it pays. Answers that must not be kept stay as they are: some hold
  /// secrets, whose length packing would tell.
  func packed(for request: HTTPFields) -> Answer {
    guard body.readableBytes >= Self.gzipFrom, headers[.contentEncoding] == nil,
      headers[.cacheControl] != Caching.never.rawValue, Self.isText(headers[.contentType] ?? "")
    else { return self }
    var answer = self
    answer.headers[.vary] = "Accept-Encoding"
    guard request[.acceptEncoding]?.contains("gzip") == true, let packed = Self.gzip(body) else { return answer }
    answer.body = packed
    answer.headers[.contentEncoding] = "gzip"
    return answer
  }

  private static func isText(_ type: String) -> Bool {
    type.hasPrefix("application/json") || type.hasPrefix("text/") || type.hasPrefix("application/x-ndjson")
  }

  /// The bytes as a gzip file; nil when zlib does not give one.
  private static func gzip(_ body: ByteBuffer) -> ByteBuffer? {
    var stream = z_stream()
    let level: Int32 = 4
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var packed = ByteBuffer()
    let bound = Int(deflateBound(&stream, UInt(body.readableBytes)))
    var isWhole = false
    body.withUnsafeReadableBytes { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = UInt32(input.count)
      packed.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { output in
        stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = UInt32(output.count)
        isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
        return output.count - Int(stream.avail_out)
      }
    }
    return isWhole ? packed : nil
  }
}
