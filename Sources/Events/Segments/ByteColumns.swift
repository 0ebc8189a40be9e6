internal import CLZ4

/// Writes columns of numbers: byte plane after byte plane, so that like bytes lie together, in compressed blocks with a
/// checksum each.
struct ColumnWriter {
  /// Bytes of a block before compression.
  static let blockBytes = 128 << 10

  private(set) var bytes: [UInt8] = []
  private(set) var blocks: [SegmentBlock] = []

  /// Writes a column of fixed-width numbers.
  mutating func column<Value: FixedWidthInteger & BitwiseCopyable>(_ id: SegmentColumn, _ values: [Value]) {
    let width = MemoryLayout<Value>.size
    var planes = [UInt8](repeating: 0, count: values.count * width)
    planes.withUnsafeMutableBufferPointer { planes in
      for (place, value) in values.enumerated() {
        var rest = UInt64(truncatingIfNeeded: value)
        for plane in 0..<width {
          planes[plane * values.count + place] = UInt8(truncatingIfNeeded: rest)
          rest >>= 8
        }
      }
    }
    raw(id, planes)
  }

  /// Writes bytes as they are.
  mutating func raw(_ id: SegmentColumn, _ content: [UInt8]) {
    var start = 0
    repeat {
      let end = min(content.count, start + Self.blockBytes)
      content.withUnsafeBytes { block(id, UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
      start = end
    } while start < content.count
  }

  private mutating func block(_ id: SegmentColumn, _ content: UnsafeRawBufferPointer) {
    let bound = Int(LZ4_compressBound(Int32(content.count)))
    var packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      let target = UnsafeMutableRawBufferPointer(buffer)
      count = Int(
        LZ4_compress_default(
          content.baseAddress?.assumingMemoryBound(to: CChar.self),
          target.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(content.count), Int32(bound)))
    }
    // What does not get smaller is kept as it is.
    if packed.count >= content.count { packed = Array(content) }
    blocks.append(
      SegmentBlock(
        column: id, offset: bytes.count, stored: packed.count, content: content.count,
        checksum: packed.withUnsafeBytes { CRC32C.checksum($0) }))
    bytes += packed
  }
}

/// Where a part of a column lies in a segment.
struct SegmentBlock: Sendable, Equatable {
  var column: SegmentColumn
  /// From the beginning of the file's blocks.
  var offset: Int
  /// Bytes in the file; as many as `content` where it is not compressed.
  var stored: Int
  /// Bytes when unpacked.
  var content: Int
  /// CRC-32C of the bytes in the file.
  var checksum: UInt32
}

/// The columns of a segment. Raw values are part of the format.
enum SegmentColumn: UInt8, Sendable, CaseIterable {
  case types = 1, streamOf, streams, streamBases, actorOf, actors, actorBases, commandStarts, commands, times
  case decisionLaps = 20, decisionWhats, decisionFlags, decisionRegrets, decisionElapsed
  case advancedLaps = 30
  case startedRaces = 40, startedDrivers, startedLaps, startedWhats, startedOptima, startedModels
  case finishedScores = 50, finishedTimes, finishedSmalls, finishedStops, finishedPlans
  case registeredKinds = 60
  case texts = 70, rawLengths, rawData
}

/// Reads columns back, checking each block.
struct ColumnReader {
  let file: [UInt8]
  /// Where the blocks begin in the file.
  let start: Int
  let blocks: [SegmentBlock]

  /// A column of fixed-width numbers.
  func column<Value: FixedWidthInteger & BitwiseCopyable>(
    _ id: SegmentColumn, as type: Value.Type = Value.self
  ) throws(SegmentError) -> [Value] {
    let planes = try raw(id)
    let width = MemoryLayout<Value>.size
    guard planes.count.isMultiple(of: width) else { throw .inconsistent("a column of numbers of odd length") }
    if width == 1 { return planes.withUnsafeBytes { Array($0.bindMemory(to: Value.self)) } }
    let count = planes.count / width
    return [Value](unsafeUninitializedCapacity: count) { values, initialized in
      planes.withUnsafeBufferPointer { planes in
        for place in 0..<count {
          var value: Value = 0
          for plane in 0..<width {
            value |= Value(truncatingIfNeeded: UInt64(planes[plane &* count &+ place]) << UInt64(plane &* 8))
          }
          values[place] = value
        }
      }
      initialized = count
    }
  }

  /// The bytes of a column.
  func raw(_ id: SegmentColumn) throws(SegmentError) -> [UInt8] {
    let parts = blocks.filter { $0.column == id }
    if parts.isEmpty { throw .inconsistent("the column \(id) is missing") }
    var content = [UInt8](repeating: 0, count: parts.reduce(0) { $0 + $1.content })
    var at = 0
    for part in parts {
      try unpack(part, into: &content, at: at)
      at += part.content
    }
    return content
  }

  private func unpack(_ block: SegmentBlock, into content: inout [UInt8], at place: Int) throws(SegmentError) {
    let isSound = file.withUnsafeBytes { file in
      let stored = UnsafeRawBufferPointer(rebasing: file[start + block.offset..<start + block.offset + block.stored])
      guard CRC32C.checksum(stored) == block.checksum else { return false }
      return content.withUnsafeMutableBytes { content in
        let target = UnsafeMutableRawBufferPointer(rebasing: content[place..<place + block.content])
        if block.stored == block.content {
          target.copyMemory(from: stored)
          return true
        }
        return LZ4_decompress_safe(
          stored.baseAddress?.assumingMemoryBound(to: CChar.self),
          target.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(block.stored), Int32(block.content)) == Int32(block.content)
      }
    }
    if !isSound { throw .damaged(part: "\(block.column)") }
  }
}
