/// Checks of proofs, by the algorithms of RFC 9162 (2.1.3.2 and 2.1.4.2), which share nothing with the way proofs are
/// made here.
extension TreeProof {
  /// The root that an inclusion proof leads to; nil when its length is not that of such a proof.
  public static func root(
    leaf: TreeHash, index: Int64, size: Int64, path: [TreeHash]
  ) -> TreeHash? {
    guard index >= 0, index < size else { return nil }
    var (place, last) = (index, size - 1)
    var hash = leaf
    for sibling in path {
      if last == 0 { return nil }
      if place & 1 == 1 || place == last {
        hash = TreeHash(left: sibling, right: hash)
        while place & 1 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = TreeHash(left: hash, right: sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 ? hash : nil
  }

  /// Whether the tree of size `first` and root `old` is the beginning of the tree of size `size` and root `new`.
  public static func isConsistent(
    from first: Int64, _ old: TreeHash, to size: Int64, _ new: TreeHash, path: [TreeHash]
  ) -> Bool {
    guard first > 0, first <= size else { return false }
    if first == size { return path.isEmpty && old == new }
    var proof = path[...]
    if first & (first - 1) == 0 { proof = ([old] + path)[...] }
    guard let start = proof.popFirst() else { return false }
    var (place, last) = (first - 1, size - 1)
    while place & 1 == 1 {
      place >>= 1
      last >>= 1
    }
    var (oldHash, newHash) = (start, start)
    for sibling in proof {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        oldHash = TreeHash(left: sibling, right: oldHash)
        newHash = TreeHash(left: sibling, right: newHash)
        while place & 1 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        newHash = TreeHash(left: newHash, right: sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && oldHash == old && newHash == new
  }
}
