/// A node whose leaves are all there: 2^`height` of them, beginning at a multiple of that.
struct PerfectNode: Sendable, Equatable {
  var height: Int
  var index: Int64

  /// Where its hash, or the hashes below it, are found.
  var place: (address: TileAddress, hashes: Range<Int>) {
    let below = height & 7
    let first = index << Int64(below)
    let start = Int(first & 255)
    let end = start + 1 << below
    return (TileAddress(level: height >> 3, index: first >> 8, width: end), start..<end)
  }

  /// The nodes that together are the leaves in a range, from the left: the largest there are. The range begins at a
  /// multiple of a power of two that is not smaller than its length, as every subtree of RFC 6962 does.
  static func covering(_ leaves: Range<Int64>) -> [PerfectNode] {
    var nodes: [PerfectNode] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
      let height = 63 - (leaves.upperBound - start).leadingZeroBitCount
      nodes.append(PerfectNode(height: height, index: start >> Int64(height)))
      start += 1 << Int64(height)
    }
    return nodes
  }
}
