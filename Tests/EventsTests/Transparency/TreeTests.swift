import TestSupport
import Testing

@testable import Events

/// The tree against published vectors, and against the definitions of RFC 6962 written down once more as they stand.
@Suite struct TreeTests {
  /// Leaves of the published vectors (certificate-transparency's reference tests).
  static let entries: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57), Array(0x60...0x6f),
  ]
  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func `roots are those published`() {
    #expect(TreeHash.empty.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    var tree = TreeBuilder()
    #expect(tree.root == .empty)
    for (entry, root) in zip(Self.entries, Self.roots) {
      tree.append(TreeHash(leaf: entry))
      #expect(tree.root.description == root)
    }
  }

  @Test(arguments: [
    (0, 1, []),
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
  ])
  func `inclusion proofs are those published`(_ index: Int64, _ size: Int64, _ path: [String]) throws {
    let tile = Self.tile(Array(Self.entries.prefix(Int(size))).map { TreeHash(leaf: $0) })
    let proof = try #require(TreeProof.inclusion(of: index, size: size))
    #expect(proof.hashes(from: [tile])?.map(\.description) == path)
  }

  @Test(arguments: [
    (1, 1, []),
    (
      1, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      6, 8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (
      2, 5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
  ])
  func `consistency proofs are those published`(_ first: Int64, _ size: Int64, _ path: [String]) throws {
    let tile = Self.tile(Array(Self.entries.prefix(Int(size))).map { TreeHash(leaf: $0) })
    let proof = try #require(TreeProof.consistency(from: first, to: size))
    #expect(proof.hashes(from: [tile])?.map(\.description) == path)
  }

  private static func tile(_ hashes: [TreeHash]) -> Tile {
    Tile(address: TileAddress(level: 0, index: 0, width: hashes.count), hashes: hashes)
  }

  private static func leaves(_ count: Int, _ random: inout SplitMix64) -> [TreeHash] {
    (0..<count).map { _ in TreeHash(leaf: (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }) }
  }

  /// MTH, PATH and SUBPROOF as RFC 6962 defines them.
  private enum Definition {
    static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
      if leaves.isEmpty { return .empty }
      if leaves.count == 1 { return leaves[leaves.startIndex] }
      let split = leaves.startIndex + power(below: leaves.count)
      return TreeHash(left: root(leaves[..<split]), right: root(leaves[split...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<TreeHash>) -> [TreeHash] {
      if leaves.count == 1 { return [] }
      let split = power(below: leaves.count)
      let middle = leaves.startIndex + split
      if index < split { return path(index, leaves[..<middle]) + [root(leaves[middle...])] }
      return path(index - split, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func proof(_ first: Int, _ leaves: ArraySlice<TreeHash>, _ isWhole: Bool = true) -> [TreeHash] {
      if first == leaves.count { return isWhole ? [] : [root(leaves)] }
      let split = power(below: leaves.count)
      let middle = leaves.startIndex + split
      if first <= split { return proof(first, leaves[..<middle], isWhole) + [root(leaves[middle...])] }
      return proof(first - split, leaves[middle...], false) + [root(leaves[..<middle])]
    }

    private static func power(below count: Int) -> Int {
      var power = 1
      while power * 2 < count { power *= 2 }
      return power
    }
  }

  /// The tree of random leaves with its tiles, as a store would keep them.
  private static func grown(_ leaves: [TreeHash]) -> (tree: TreeBuilder, full: [TileAddress: Tile]) {
    var tree = TreeBuilder()
    var full: [TileAddress: Tile] = [:]
    for leaf in leaves { tree.append(leaf) { full[$0.address] = $0 } }
    return (tree, full)
  }

  /// The tiles for a proof: full ones, or parts made from the leaves and the tiles below.
  private static func tiles(
    _ addresses: [TileAddress], _ full: [TileAddress: Tile], _ leaves: [TreeHash]
  ) -> [Tile] {
    addresses.map { address in
      if let tile = full[TileAddress(level: address.level, index: address.index)] { return tile }
      let first = Int(address.index) << 8
      let hashes = (first..<first + address.width).map { place in
        address.level == 0
          ? leaves[place]
          : full[TileAddress(level: address.level - 1, index: Int64(place))]!.node(over: 0..<256)
      }
      return Tile(address: address, hashes: hashes)
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `every proof over every small tree is the definition's, and holds`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let leaves = Self.leaves(40, &random)
    for size in 1...40 {
      let (tree, full) = Self.grown(Array(leaves[..<size]))
      #expect(tree.root == Definition.root(leaves[..<size]))
      for index in 0..<size {
        let proof = try #require(TreeProof.inclusion(of: Int64(index), size: Int64(size)))
        let path = try #require(proof.hashes(from: Self.tiles(proof.tiles, full, leaves)))
        #expect(path == Definition.path(index, leaves[..<size]), "seed \(seed), \(index) of \(size)")
        #expect(
          TreeProof.root(leaf: leaves[index], index: Int64(index), size: Int64(size), path: path) == tree.root,
          "seed \(seed), \(index) of \(size)")
      }
      for first in 1...size {
        let proof = try #require(TreeProof.consistency(from: Int64(first), to: Int64(size)))
        let path = try #require(proof.hashes(from: Self.tiles(proof.tiles, full, leaves)))
        #expect(path == Definition.proof(first, leaves[..<size]), "seed \(seed), \(first) to \(size)")
        #expect(
          TreeProof.isConsistent(
            from: Int64(first), Definition.root(leaves[..<first]), to: Int64(size), tree.root, path: path),
          "seed \(seed), \(first) to \(size)")
      }
    }
  }

  @Test(arguments: [256, 257, 300, 511, 512, 65_535, 65_536, 65_537, 70_001])
  func `large trees: tiles, proofs at random places, and the right edge taken up again`(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    let leaves = Self.leaves(count, &random)
    let (tree, full) = Self.grown(leaves)
    #expect(tree.root == Definition.root(leaves[...]))
    #expect(full.count == count / 256 + count / 65_536)
    let edge = TreeBuilder.edge(size: Int64(count))
    #expect(TreeBuilder(size: Int64(count), edge: Self.tiles(edge, full, leaves)) == tree)
    for _ in 0..<40 {
      let size = Int.random(in: 1...count, using: &random)
      let index = Int.random(in: 0..<size, using: &random)
      let root = Definition.root(leaves[..<size])
      let proof = try #require(TreeProof.inclusion(of: Int64(index), size: Int64(size)))
      let path = try #require(proof.hashes(from: Self.tiles(proof.tiles, full, leaves)))
      #expect(TreeProof.root(leaf: leaves[index], index: Int64(index), size: Int64(size), path: path) == root)
      let first = Int.random(in: 1...size, using: &random)
      let consistency = try #require(TreeProof.consistency(from: Int64(first), to: Int64(size)))
      let steps = try #require(consistency.hashes(from: Self.tiles(consistency.tiles, full, leaves)))
      #expect(
        TreeProof.isConsistent(
          from: Int64(first), Definition.root(leaves[..<first]), to: Int64(size), root, path: steps))
    }
  }

  @Test func `a tree cannot be taken up from tiles of another size`() {
    var random = SplitMix64(seed: 9)
    let leaves = Self.leaves(300, &random)
    let (_, full) = Self.grown(leaves)
    let edge = Self.tiles(TreeBuilder.edge(size: 300), full, leaves)
    #expect(TreeBuilder(size: 301, edge: edge) == nil)
    #expect(TreeBuilder(size: 300, edge: []) == nil)
  }

  @Test(arguments: [UInt64(4), 5])
  func `no proof survives a change, a hash too many or one too few`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let leaves = Self.leaves(33, &random)
    for size in 2...33 {
      let root = Definition.root(leaves[..<size])
      let index = Int.random(in: 0..<size, using: &random)
      let path = Definition.path(index, leaves[..<size])
      func leads(_ index: Int, _ path: [TreeHash]) -> Bool {
        TreeProof.root(leaf: leaves[index], index: Int64(index), size: Int64(size), path: path) == root
      }
      #expect(leads(index, path))
      #expect(!leads(index, Array(path.dropLast())))
      #expect(!leads(index, path + [root]))
      #expect(!leads((index + 1) % size, path))
      for place in path.indices {
        var changed = path
        changed[place] = TreeHash(left: changed[place], right: root)
        #expect(!leads(index, changed), "seed \(seed), size \(size), place \(place)")
      }
      let first = Int.random(in: 1..<size, using: &random)
      let proof = Definition.proof(first, leaves[..<size])
      let old = Definition.root(leaves[..<first])
      func consistent(_ old: TreeHash, _ path: [TreeHash]) -> Bool {
        TreeProof.isConsistent(from: Int64(first), old, to: Int64(size), root, path: path)
      }
      #expect(consistent(old, proof))
      #expect(!consistent(root, proof))
      #expect(!consistent(old, proof + [root]))
      #expect(!consistent(old, Array(proof.dropLast())))
    }
    #expect(TreeProof.inclusion(of: 5, size: 5) == nil)
    #expect(TreeProof.inclusion(of: -1, size: 5) == nil)
    #expect(TreeProof.consistency(from: 0, to: 5) == nil)
    #expect(TreeProof.consistency(from: 6, to: 5) == nil)
  }
}

/// Addresses of tiles, as C2SP tlog-tiles spells them.
@Suite struct TileAddressTests {
  @Test(arguments: [
    ("0/000", 0, 0, 256), ("0/x001/x234/067", 0, 1_234_067, 256), ("1/002.p/17", 1, 2, 17), ("7/999", 7, 999, 256),
    ("0/x001/000.p/1", 0, 1000, 1),
  ])
  func `paths`(_ path: String, _ level: Int, _ index: Int64, _ width: Int) {
    #expect(TileAddress(path: path) == TileAddress(level: level, index: index, width: width))
    #expect(TileAddress(level: level, index: index, width: width).path == path)
  }

  @Test(arguments: [
    "", "0", "0/1", "0/0001", "8/000", "-1/000", "0/x000/001", "0/001.p/0", "0/001.p/256", "0/001.p/257", "0/001.p/",
    "0/001.p/017", "0/-01", "0/abc", "00/001", "0/001/002", "0//001", "entries/001",
    "0/x999/x999/x999/x999/x999/x999/999",
  ])
  func `what is no path`(_ path: String) { #expect(TileAddress(path: path) == nil) }
}
