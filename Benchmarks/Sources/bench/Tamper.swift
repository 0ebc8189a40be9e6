import Events
import Foundation

/// Receipts of which one bit is another: line, index, path, origin, size, root, signature. Every one must be refused.
func measureTamper(_ bed: Bed) async throws -> [Figure] {
  let receipts = try Receipts(seed: bed.seed)
  let flips = bed.quick ? 50_000 : 1_000_000
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let begun = ContinuousClock.now
  let accepted = await withTaskGroup(of: Int.self) { group in
    for core in 0..<cores {
      group.addTask { receipts.accepted(flips: flips / cores, seed: bed.seed &+ UInt64(core)) }
    }
    return await group.reduce(0, +)
  }
  let seconds = Double((ContinuousClock.now - begun) / .milliseconds(1)) / 1000
  return [
    Figure(
      "tamper.flips_accepted", [Double(accepted)], unit: "flips",
      note: "\(flips / cores * cores) single-bit flips in \(receipts.texts.count) receipts, seed \(bed.seed)"
    ).atMost(0),
    Figure("tamper.checks_per_second", [Double(flips) / seconds], unit: "checks/s", note: "parsed and verified"),
  ]
}

/// Receipts of events all over a log.
private struct Receipts: Sendable {
  private(set) var texts: [[UInt8]] = []
  private let policy: TrustPolicy

  private static let count = 64

  init(seed: UInt64) throws {
    let name = "bench.example/log"
    let signer = try NoteSigner(name: name, secret: (0..<32).map { UInt8($0) })
    policy = TrustPolicy(log: signer.verifier)
    var history = History(seed: seed, users: 400)
    let rows = history.batch(5000).map { EventRow($0) }
    var scratch: [UInt8] = []
    let leaves = rows.map { $0.leafHash(using: &scratch) }
    var tree = TreeBuilder()
    for leaf in leaves { tree.append(leaf) }
    let tiles = Self.tiles(over: leaves)
    let note = Checkpoint(origin: name, size: tree.size, root: tree.root).signed(by: signer)
    for number in 0..<Self.count {
      let index = Int64(number * rows.count / Self.count)
      guard let path = TreeProof.inclusion(of: index, size: tree.size)?.hashes(from: tiles) else {
        throw ProofError.malformed("no proof of leaf \(index)")
      }
      let receipt = Receipt(index: index, line: rows[Int(index)].line, path: path, note: note)
      try receipt.verify(trusting: policy)
      texts.append(Array(receipt.text.utf8))
    }
  }

  /// The tiles of a tree of two levels.
  private static func tiles(over leaves: [TreeHash]) -> [Tile] {
    let full = TileAddress.fullWidth
    let lower = stride(from: 0, to: leaves.count, by: full).map { start in
      let hashes = Array(leaves[start..<min(start + full, leaves.count)])
      return Tile(address: TileAddress(level: 0, index: Int64(start / full), width: hashes.count), hashes: hashes)
    }
    let nodes = lower.filter { $0.hashes.count == full }.map { $0.node(over: 0..<full) }
    return lower + [Tile(address: TileAddress(level: 1, index: 0, width: nodes.count), hashes: nodes)]
  }

  /// How many of that many receipts with one bit flipped are believed.
  func accepted(flips: Int, seed: UInt64) -> Int {
    var random = seed
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    var count = 0
    for _ in 0..<flips {
      var text = texts[next(texts.count)]
      text[next(text.count)] ^= 1 << UInt8(next(8))
      if let receipt = try? Receipt(String(decoding: text, as: UTF8.self)),
        (try? receipt.verify(trusting: policy)) != nil
      {
        count += 1
      }
    }
    return count
  }
}
