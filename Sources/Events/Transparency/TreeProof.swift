/// What of the tree a proof consists of, before any hash is known: subtrees, in the order of RFC 6962.
///
/// Ask ``tiles`` of whoever keeps them, then let ``hashes(from:)`` compute the proof.
public struct TreeProof: Sendable, Equatable {
  /// The leaves under each hash of the proof.
  let subtrees: [Range<Int64>]

  /// The proof that a leaf is in the tree of some size (RFC 6962, 2.1.1): from the leaf's sibling to the root's child.
  ///
  /// - Returns: nil when there is no such leaf.
  public static func inclusion(of index: Int64, size: Int64) -> TreeProof? {
    guard index >= 0, index < size else { return nil }
    var path: [Range<Int64>] = []
    var tree = 0..<size
    while tree.count > 1 {
      let split = tree.lowerBound + leftSize(Int64(tree.count))
      if index < split {
        path.append(split..<tree.upperBound)
        tree = tree.lowerBound..<split
      } else {
        path.append(tree.lowerBound..<split)
        tree = split..<tree.upperBound
      }
    }
    return TreeProof(subtrees: path.reversed())
  }

  /// The proof that the tree of one size is the beginning of the tree of another (RFC 6962, 2.1.2).
  ///
  /// - Returns: nil unless 0 < `first` ≤ `size`.
  public static func consistency(from first: Int64, to size: Int64) -> TreeProof? {
    guard first > 0, first <= size else { return nil }
    var path: [Range<Int64>] = []
    var tree = 0..<size
    var isOldRoot = true
    while first < tree.upperBound {
      let split = tree.lowerBound + leftSize(Int64(tree.count))
      if first <= split {
        path.append(split..<tree.upperBound)
        tree = tree.lowerBound..<split
      } else {
        path.append(tree.lowerBound..<split)
        tree = split..<tree.upperBound
        isOldRoot = false
      }
    }
    if !isOldRoot { path.append(tree) }
    return TreeProof(subtrees: path.reversed())
  }

  /// The largest power of two below a size of at least two.
  private static func leftSize(_ size: Int64) -> Int64 { 1 << Int64(63 - (size - 1).leadingZeroBitCount) }

  /// The tiles that the proof is made from; a tile of the width given or wider will do.
  public var tiles: [TileAddress] {
    var widths: [TileAddress: Int] = [:]
    for node in subtrees.flatMap(PerfectNode.covering) {
      let address = node.place.address
      widths[TileAddress(level: address.level, index: address.index), default: 0].grow(to: address.width)
    }
    return widths.map { TileAddress(level: $0.key.level, index: $0.key.index, width: $0.value) }
      .sorted { ($0.level, $0.index) < ($1.level, $1.index) }
  }

  /// The hashes of the proof.
  ///
  /// - Returns: nil when one of ``tiles`` is missing or too narrow.
  /// - Complexity: at most 255 node hashes a tile.
  public func hashes(from tiles: [Tile]) -> [TreeHash]? {
    let known = Dictionary(tiles.map { (TileAddress(level: $0.address.level, index: $0.address.index), $0) }) { $1 }
    var hashes: [TreeHash] = []
    for subtree in subtrees {
      guard let hash = Self.hash(over: subtree, known) else { return nil }
      hashes.append(hash)
    }
    return hashes
  }

  private static func hash(over leaves: Range<Int64>, _ tiles: [TileAddress: Tile]) -> TreeHash? {
    if leaves.isEmpty { return .empty }
    var hash: TreeHash?
    for node in PerfectNode.covering(leaves).reversed() {
      let (address, places) = node.place
      guard let tile = tiles[TileAddress(level: address.level, index: address.index)],
        tile.hashes.count >= places.upperBound
      else { return nil }
      let left = tile.node(over: places)
      hash = hash.map { TreeHash(left: left, right: $0) } ?? left
    }
    return hash
  }
}

extension Int {
  fileprivate mutating func grow(to other: Int) { self = Swift.max(self, other) }
}
