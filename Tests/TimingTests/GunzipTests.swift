import CZlib
import Testing

@testable import Timing

@Suite struct GunzipTests {
  private let text = (0..<20_000).map { "\($0 &* 2_654_435_761 % 10_007),lap\n" }.joined()

  @Test func `packed files are recognised by content and unpacked whole`() throws {
    let packed = gzip(Array(text.utf8))
    let file = try InputFile(path: "laps.csv", stored: packed)
    #expect(file.bytes == Array(text.utf8))
    #expect(file.digest != (try InputFile(path: "laps.csv", stored: Array(text.utf8))).digest)
  }

  @Test func `several members are one file`() throws {
    let packed = gzip(Array("a,b\n".utf8)) + gzip(Array("1,2\n".utf8))
    #expect(try InputFile(path: "x", stored: packed).bytes == Array("a,b\n1,2\n".utf8))
  }

  @Test(arguments: [2, 9, 18, 100, 5_000])
  func `a truncated stream is refused wherever it is cut`(length: Int) throws {
    let packed = Array(gzip(Array(text.utf8)).prefix(length))
    #expect(timingError { _ = try InputFile(path: "x", stored: packed) } == .truncatedGzip(file: "x"))
  }

  @Test func `a stream without its last byte is refused`() throws {
    let packed = Array(gzip(Array(text.utf8)).dropLast())
    #expect(timingError { _ = try InputFile(path: "x", stored: packed) } == .truncatedGzip(file: "x"))
  }

  @Test func `a damaged stream is refused`() throws {
    let packed = gzip(Array(text.utf8))
    for offset in stride(from: 20, to: packed.count, by: packed.count / 40) {
      var damaged = packed
      damaged[offset] ^= 0x55
      let error = timingError { _ = try InputFile(path: "x", stored: damaged) }
      switch error {
      case .corruptGzip(let file, _): #expect(file == "x")
      case .truncatedGzip(let file): #expect(file == "x")
      default: Issue.record("byte \(offset) of \(packed.count): \(String(describing: error))")
      }
    }
  }

  @Test func `what follows the last member is refused`() throws {
    let error = timingError { _ = try InputFile(path: "x", stored: gzip([65]) + Array("rubbish".utf8)) }
    guard case .corruptGzip = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `unpacking stops at the limit`() throws {
    let limits = ReadingLimits(fileBytes: 100_000)
    let packed = gzip([UInt8](repeating: 65, count: 1_000_000))
    #expect(
      timingError { _ = try InputFile(path: "x", stored: packed, limits: limits) }
        == .tooLarge(file: "x", limitBytes: 100_000))
  }
}

/// Packs bytes with zlib, with the header of gzip or, with a negative window, with none.
func gzip(_ bytes: [UInt8], window: Int32 = MAX_WBITS + 16) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
  let left = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      deflate(&stream, Z_FINISH)
      return Int(stream.avail_out)
    }
  }
  return Array(output.dropLast(left))
}
