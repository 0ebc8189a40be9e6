/// A sealed part of the log: up to 65,536 consecutive events in compressed columns, with the root of the tree over them.
/// Describes itself: replay, verification and audit need nothing else.
///
/// A file is: eight bytes that name the form; the blocks; the footer (version, first position, number of events, least and
/// greatest time, a bit for each type, the root, and where each block lies); the footer's length and CRC-32C; eight bytes
/// again. Numbers are little-endian.
public struct Segment: Sendable {
  /// Events of a full segment: 256², so that its root is a node of the log's tree.
  public static let fullCount = 65_536
  /// The version of the form.
  public static let version: UInt32 = 1

  /// The position of the first event.
  public let first: Position
  /// How many events; ``fullCount`` unless it is the log's unfinished end.
  public let count: Int
  /// The least and the greatest time, µs since 1970.
  public let times: ClosedRange<Int64>
  /// Bit n is set where a type with raw value n is there.
  public let typeBits: UInt64
  /// The root of the Merkle tree over the events' leaves.
  public let root: TreeHash
  /// The file.
  public let bytes: [UInt8]
  private let reader: ColumnReader

  private static let head = Array("BLAMESEG".utf8)
  private static let tail = Array("GESEMALB".utf8)

  /// The last position.
  public var last: Position { Position(rawValue: first.rawValue + Int64(count) - 1) }

  /// Opens a segment: its footer is checked, its columns when they are read.
  ///
  /// - Throws: ``SegmentError``.
  public init(bytes: [UInt8]) throws(SegmentError) {
    guard bytes.count > 24, bytes.starts(with: Self.head), bytes.suffix(8).elementsEqual(Self.tail) else {
      throw .notASegment
    }
    var end = ByteSource(bytes[(bytes.count - 16)...])
    let length = Int(try end.integer(UInt32.self))
    let checksum = try end.integer(UInt32.self)
    let start = bytes.count - 16 - length
    guard start >= 8 else { throw .notASegment }
    let sum = bytes.withUnsafeBytes { CRC32C.checksum(UnsafeRawBufferPointer(rebasing: $0[start..<start + length])) }
    guard sum == checksum else { throw .damaged(part: "the footer") }
    var footer = ByteSource(bytes[start..<start + length])
    let version = try footer.integer(UInt32.self)
    guard version == Self.version else { throw .otherVersion(version) }
    first = Position(rawValue: try footer.integer(Int64.self))
    count = Int(try footer.integer(UInt32.self))
    let (least, greatest) = (try footer.integer(Int64.self), try footer.integer(Int64.self))
    typeBits = try footer.integer(UInt64.self)
    guard first.rawValue > 0, (1...Self.fullCount).contains(count), least <= greatest,
      let root = TreeHash(try footer.take(TreeHash.byteCount))
    else { throw .inconsistent("the footer") }
    self.root = root
    times = least...greatest
    reader = ColumnReader(file: bytes, start: 8, blocks: try footer.blocks(contentEnd: start - 8))
    self.bytes = bytes
  }

  /// Seals consecutive events.
  ///
  /// - Parameter root: what the tree says that the root must be; nil takes that of the events.
  /// - Throws: ``SegmentError``: `wrongRoot`, or `inconsistent` when the events cannot be told back byte for byte. What is
  ///   returned was read back and verified.
  public init(sealing rows: [EventRow], root expected: TreeHash? = nil) throws(SegmentError) {
    guard (1...Self.fullCount).contains(rows.count) else {
      throw .inconsistent("a segment of \(rows.count) events")
    }
    let columns = try SegmentColumns(rows)
    var tree = TreeBuilder()
    var scratch: [UInt8] = []
    for row in rows { tree.append(row.leafHash(using: &scratch)) }
    if let expected, expected != tree.root { throw .wrongRoot(first: columns.first) }
    try self.init(bytes: Self.file(columns, root: tree.root))
    try verify()
  }

  private static func file(_ columns: SegmentColumns, root: TreeHash) -> [UInt8] {
    var writer = ColumnWriter()
    columns.write(to: &writer)
    var footer = ByteSink()
    footer.integer(version)
    footer.integer(columns.first.rawValue)
    footer.integer(UInt32(columns.count))
    footer.integer(columns.times.min() ?? 0)
    footer.integer(columns.times.max() ?? 0)
    footer.integer(columns.types.reduce(UInt64(0)) { $0 | 1 << UInt64($1 & 63) })
    footer.bytes += root.bytes
    footer.integer(UInt32(writer.blocks.count))
    for block in writer.blocks {
      footer.integer(block.column.rawValue)
      for number in [block.offset, block.stored, block.content] { footer.integer(UInt32(number)) }
      footer.integer(block.checksum)
    }
    var end = ByteSink()
    end.integer(UInt32(footer.bytes.count))
    end.integer(footer.bytes.withUnsafeBytes { CRC32C.checksum($0) })
    return head + writer.bytes + footer.bytes + end.bytes + tail
  }

  /// All columns, or those that a fold needs: without what only a line needs.
  ///
  /// - Throws: ``SegmentError`` for blocks that are damaged.
  public func columns(forLines: Bool = true) throws(SegmentError) -> SegmentColumns {
    let columns = try SegmentColumns(from: reader, first: first, forLines: forLines)
    guard columns.count == count else { throw .inconsistent("\(columns.count) events of \(count)") }
    return columns
  }

  /// Hashes every line again and compares the root.
  ///
  /// - Throws: ``SegmentError``.
  public func verify() throws(SegmentError) {
    var tree = TreeBuilder()
    let columns = try columns()
    do {
      try columns.forEachLeaf { tree.append($0) }
    } catch let error as SegmentError { throw error } catch {
      throw .inconsistent("\(error)")
    }
    guard tree.root == root else { throw .wrongRoot(first: first) }
  }
}

/// Appends numbers.
struct ByteSink {
  var bytes: [UInt8] = []

  mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// Takes numbers, and says when there are none left.
struct ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func take(_ count: Int) throws(SegmentError) -> [UInt8] {
    guard rest.count >= count else { throw .inconsistent("the footer is too short") }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(SegmentError) -> Value {
    let bytes = try take(MemoryLayout<Value>.size)
    return bytes.reversed().reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
  }

  /// Blocks that all lie within the file.
  mutating func blocks(contentEnd: Int) throws(SegmentError) -> [SegmentBlock] {
    let count = try integer(UInt32.self)
    guard count <= 100_000 else { throw .inconsistent("\(count) blocks") }
    var blocks: [SegmentBlock] = []
    for _ in 0..<count {
      guard let column = SegmentColumn(rawValue: try integer(UInt8.self)) else {
        throw .inconsistent("an unknown column")
      }
      let numbers = [try integer(UInt32.self), try integer(UInt32.self), try integer(UInt32.self)].map { Int($0) }
      let block = SegmentBlock(
        column: column, offset: numbers[0], stored: numbers[1], content: numbers[2], checksum: try integer(UInt32.self))
      guard block.offset + block.stored <= contentEnd, block.content <= ColumnWriter.blockBytes else {
        throw .inconsistent("a block of \(column) lies outside the file")
      }
      blocks.append(block)
    }
    return blocks
  }
}
