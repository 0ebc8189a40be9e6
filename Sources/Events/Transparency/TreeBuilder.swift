/// Grows the Merkle tree leaf by leaf: its root at any moment, and its tiles as they fill. Holds the right edge only.
public struct TreeBuilder: Sendable, Equatable {
  /// Leaves so far.
  public private(set) var size: Int64 = 0
  /// Roots of the perfect trees that the leaves make, the largest first: one for each bit of the size.
  private var peaks: [TreeHash] = []
  /// The tiles that are not full yet, from the leaves up.
  private var edge: [[TreeHash]] = [[]]

  /// A tree without leaves.
  public init() {}

  /// The tree whose right edge those tiles are: of every level the last one, whether full or not; levels without a
  /// hash of their own are left out.
  ///
  /// - Returns: nil when tiles are missing or of the wrong width for that size.
  public init?(size: Int64, edge tiles: [Tile]) {
    var tree = TreeBuilder()
    tree.size = size
    let nodes = PerfectNode.covering(0..<size)
    for address in Self.edge(size: size) {
      guard let tile = tiles.first(where: { $0.address == address }) else { return nil }
      while tree.edge.count <= address.level { tree.edge.append([]) }
      tree.edge[address.level] = tile.hashes
    }
    for node in nodes {
      let place = node.place
      guard place.address.level < tree.edge.count, tree.edge[place.address.level].count >= place.hashes.upperBound
      else { return nil }
      let hashes = tree.edge[place.address.level]
      let address = TileAddress(level: place.address.level, index: place.address.index, width: hashes.count)
      tree.peaks.append(Tile(address: address, hashes: hashes).node(over: place.hashes))
    }
    self = tree
  }

  /// The tiles that are not full at that size, from the leaves up; none where nothing is left over.
  public static func edge(size: Int64) -> [TileAddress] {
    var addresses: [TileAddress] = []
    var count = size
    var level = 0
    while count > 0 {
      let width = Int(count & 255)
      if width > 0 { addresses.append(TileAddress(level: level, index: count >> 8, width: width)) }
      count >>= 8
      level += 1
    }
    return addresses
  }

  /// Adds a leaf.
  /// - Parameter filled: called with each tile that is full with it, from the leaves up.
  /// - Complexity: one node hash on average.
  public mutating func append(_ leaf: TreeHash, filled: (Tile) -> Void = { _ in }) {
    edge[0].append(leaf)
    var hash = leaf
    var height = 0
    while size >> Int64(height) & 1 == 1 {
      hash = TreeHash(left: peaks.removeLast(), right: hash)
      height += 1
      if height & 7 == 0 { rise(to: height >> 3, hash, filled) }
    }
    peaks.append(hash)
    size += 1
  }

  private mutating func rise(to level: Int, _ hash: TreeHash, _ filled: (Tile) -> Void) {
    let address = TileAddress(level: level - 1, index: size >> Int64(level << 3))
    filled(Tile(address: address, hashes: edge[level - 1]))
    edge[level - 1].removeAll(keepingCapacity: true)
    if edge.count == level { edge.append([]) }
    edge[level].append(hash)
  }

  /// The root over all leaves.
  public var root: TreeHash {
    guard var hash = peaks.last else { return .empty }
    for peak in peaks.dropLast().reversed() { hash = TreeHash(left: peak, right: hash) }
    return hash
  }
}
