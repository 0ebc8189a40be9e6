import TestSupport
import Testing

@testable import Events

/// What a witness signs, and what it refuses for ever.
@Suite struct WitnessTests {
  private let log: NoteSigner
  private let signer: NoteSigner
  private let witness: Witness

  init() throws {
    log = try NoteSigner(name: "example.org/log", secret: (0..<32).map { UInt8($0) })
    signer = try NoteSigner(name: "witness.example", kind: .cosignature, secret: (1...32).map { UInt8($0) })
    witness = Witness(signer: signer, watching: TrustPolicy(log: log.verifier))
  }

  private func leaves(_ count: Int, seed: UInt64) -> [TreeHash] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in TreeHash(leaf: random.next().bigEndianBytes) }
  }

  private func note(_ leaves: [TreeHash]) -> SignedNote {
    var tree = TreeBuilder()
    for leaf in leaves { tree.append(leaf) }
    return Checkpoint(origin: "example.org/log", size: Int64(leaves.count), root: tree.root).signed(by: log)
  }

  private func path(_ from: Int, _ leaves: [TreeHash]) throws -> [TreeHash] {
    let tile = Tile(address: TileAddress(level: 0, index: 0, width: leaves.count), hashes: leaves)
    let proof = try #require(TreeProof.consistency(from: Int64(from), to: Int64(leaves.count)))
    return try #require(proof.hashes(from: [tile]))
  }

  @Test func `what goes on is signed, step after step`() throws {
    let all = leaves(60, seed: 1)
    var last: SignedNote?
    for size in [3, 3, 8, 21, 60] {
      let note = self.note(Array(all[..<size]))
      let path = try last.map { try self.path(Int(try Checkpoint(text: $0.text).size), Array(all[..<size])) } ?? []
      let signature = try witness.sign(note, after: last, path: path, at: 1_700_000_000)
      var signed = note
      signed.signatures.append(signature)
      #expect(signer.verifier.signatureTime(signed) == 1_700_000_000)
      last = signed
    }
  }

  @Test func `a fork, a shrunken log and a stranger's checkpoint are not`() throws {
    let all = leaves(40, seed: 2)
    var other = all
    other[5] = TreeHash(leaf: [1])
    let seen = note(Array(all[..<20]))
    #expect(throws: ProofError.self) { try witness.question(note(Array(other[..<20])), after: seen) }
    #expect(throws: ProofError.self) { try witness.question(note(Array(all[..<19])), after: seen) }
    #expect(try witness.question(seen, after: seen) == .seen)
    #expect(throws: ProofError.self) { try witness.sign(note(other), after: seen, path: try path(20, other), at: 1) }
    #expect(throws: ProofError.self) { try witness.sign(note(all), after: seen, path: [], at: 1) }
    let stranger = try NoteSigner(name: "example.org/log", secret: (2...33).map { UInt8($0) })
    let forged = Checkpoint(origin: "example.org/log", size: 50, root: .empty).signed(by: stranger)
    #expect(throws: ProofError.self) { try witness.question(forged, after: nil) }
  }
}
