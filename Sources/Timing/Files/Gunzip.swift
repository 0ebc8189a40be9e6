import CZlib

/// Unpacks gzip data of one or more members.
///
/// - Throws: `truncatedGzip`, `corruptGzip` (also for bytes after the last member), `tooLarge`.
func gunzip(_ packed: [UInt8], file: String, limitBytes: Int) throws(TimingError) -> [UInt8] {
  var inflater = Inflater(file: file, limitBytes: limitBytes)
  try packed.withUnsafeBufferPointer { (input) throws(TimingError) in try inflater.run(input) }
  return inflater.output
}

/// Unpacks a raw DEFLATE stream (RFC 1951) without any header; nil where it is damaged, cut off, or larger than the limit.
func inflateRaw(_ packed: [UInt8], limitBytes: Int) -> [UInt8]? {
  var inflater = Inflater(file: "", limitBytes: limitBytes, window: -MAX_WBITS)
  do {
    try packed.withUnsafeBufferPointer { (input) throws(TimingError) in try inflater.run(input) }
  } catch {
    return nil
  }
  return inflater.output
}

/// One run of zlib over the members of a gzip file, or over one raw stream.
private struct Inflater {
  let file: String
  let limitBytes: Int
  /// zlib's code for the header that is expected.
  var window = MAX_WBITS + 16
  var output: [UInt8] = []

  mutating func run(_ input: UnsafeBufferPointer<UInt8>) throws(TimingError) {
    output.reserveCapacity(min(limitBytes, input.count * 8))
    var consumed = 0
    while consumed < input.count {
      consumed += try member(UnsafeBufferPointer(rebasing: input[consumed...]))
    }
  }

  /// Unpacks one member and returns its packed length.
  private mutating func member(_ input: UnsafeBufferPointer<UInt8>) throws(TimingError) -> Int {
    var stream = z_stream()
    let opened = inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard opened == Z_OK else { throw .corruptGzip(file: file, reason: "zlib refused to start: \(opened)") }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.avail_in = UInt32(clamping: input.count)
    while true {
      let status = inflateStep(&stream)
      if output.count > limitBytes { throw .tooLarge(file: file, limitBytes: limitBytes) }
      switch status {
      case Z_STREAM_END: return input.count - Int(stream.avail_in)
      case Z_OK where stream.avail_in > 0 || stream.avail_out == 0: continue
      case Z_OK, Z_BUF_ERROR: throw .truncatedGzip(file: file)
      default: throw .corruptGzip(file: file, reason: stream.msg.map { String(cString: $0) } ?? "zlib error \(status)")
      }
    }
  }

  private mutating func inflateStep(_ stream: inout z_stream) -> Int32 {
    let room = 1 << 16
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(room)
      let status = inflate(&stream, Z_NO_FLUSH)
      output.append(contentsOf: buffer[..<(room - Int(stream.avail_out))])
      return status
    }
  }
}
