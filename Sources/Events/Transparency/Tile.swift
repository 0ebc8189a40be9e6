/// Where 256 hashes of one level of the tree lie, as C2SP tlog-tiles counts them: the hashes of a tile of level `l` are
/// nodes 8·`l` above the leaves.
public struct TileAddress: Sendable, Hashable {
  /// Levels of eight, from the leaves.
  public var level: Int
  /// From the left.
  public var index: Int64
  /// How many hashes; 256 is a full tile.
  public var width: Int

  /// How many hashes a full tile has.
  public static let fullWidth = 256
  /// A tree of 2⁶³ leaves has no more levels.
  static let topLevel = 7

  /// The tile there.
  public init(level: Int, index: Int64, width: Int = TileAddress.fullWidth) {
    self.level = level
    self.index = index
    self.width = width
  }

  /// All its hashes are there.
  public var isFull: Bool { width == Self.fullWidth }

  /// Where the tile is found below `/tile/`: `0/x001/x234/067` or `1/002.p/17`.
  public var path: String {
    var groups: [String] = []
    var rest = index
    repeat {
      let digits = String(rest % 1000)
      groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1000
    } while rest > 0
    let number = groups.dropFirst().reversed().map { "x" + $0 } + [groups[0]]
    return ([String(level)] + number).joined(separator: "/") + (isFull ? "" : ".p/\(width)")
  }

  /// The tile at a path such as ``path`` gives; nil for any other text, also for the same number written otherwise.
  public init?(path: some StringProtocol) {
    let halves = String(path).split(separator: ".p/", maxSplits: 1, omittingEmptySubsequences: false)
    var segments = halves[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard segments.count >= 2, let level = Int(segments.removeFirst()), (0...Self.topLevel).contains(level),
      segments.count <= 6
    else { return nil }
    var index: Int64 = 0
    for segment in segments { index = index * 1000 + (Int64(segment.drop { $0 == "x" }) ?? -1_000_000) }
    let width = halves.count == 2 ? Int(halves[1]) : Self.fullWidth
    guard index >= 0, let width, (1...Self.fullWidth).contains(width) else { return nil }
    self.init(level: level, index: index, width: width)
    if self.path != String(path) { return nil }
  }
}

/// Hashes of one level of the tree.
public struct Tile: Sendable, Equatable {
  /// Where they are.
  public var address: TileAddress
  /// From the left; as many as the address says.
  public var hashes: [TreeHash]

  /// Those hashes, there.
  public init(address: TileAddress, hashes: [TreeHash]) {
    precondition(address.width == hashes.count, "a tile of \(address.width) hashes with \(hashes.count)")
    self.address = address
    self.hashes = hashes
  }

  /// A tile from its bytes; nil unless they are as many as the address says.
  public init?(address: TileAddress, bytes: [UInt8]) {
    guard bytes.count == address.width * TreeHash.byteCount else { return nil }
    self.address = address
    hashes = bytes.withUnsafeBytes { bytes in
      (0..<address.width).map { place in
        TreeHash(UnsafeRawBufferPointer(rebasing: bytes[place * TreeHash.byteCount..<(place + 1) * TreeHash.byteCount]))
      }
    }
  }

  /// Its bytes: the hashes one behind another.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * TreeHash.byteCount)
    for hash in hashes { hash.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// The node over hashes whose number is a power of two.
  public func node(over places: Range<Int>) -> TreeHash {
    if places.count == 1 { return hashes[places.lowerBound] }
    let middle = places.lowerBound + places.count / 2
    return TreeHash(left: node(over: places.lowerBound..<middle), right: node(over: middle..<places.upperBound))
  }
}
