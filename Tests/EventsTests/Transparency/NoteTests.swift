import Crypto
import TestSupport
import Testing

@testable import Events

/// Signed notes, checkpoints and receipts.
@Suite struct NoteTests {
  private static let secret = (0..<32).map { UInt8($0) }

  /// From the documentation of the format's first implementation.
  @Test func `the published note is signed by the published key`() throws {
    let key = try NoteKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    let text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    let line =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    let note = try SignedNote("\(text)\n\(line)\n")
    #expect(note.text == text)
    #expect(key.hasSigned(note))
    #expect(note.description == "\(text)\n\(line)\n")
    var changed = note
    changed.text = text.replacing("your", with: "our")
    #expect(!key.hasSigned(changed))
  }

  @Test func `a key's text reads back, and no other text does`() throws {
    let key = try NoteSigner(name: "example.org/log", secret: Self.secret).verifier
    #expect(try NoteKey(key.text).text == key.text)
    for wrong in [
      "", "a+b", key.text + "=", key.text.replacing("example", with: "exomple"), "x y" + key.text,
      String(key.text.dropLast()),
    ] {
      #expect(throws: ProofError.self, "\(wrong)") { try NoteKey(wrong) }
    }
  }

  @Test func `a witness signs the time as well`() throws {
    let log = try NoteSigner(name: "example.org/log", secret: Self.secret)
    let witness = try NoteSigner(name: "witness.example", kind: .cosignature, secret: Self.secret.reversed())
    let checkpoint = Checkpoint(origin: "example.org/log", size: 7, root: TreeHash(leaf: [1]))
    var note = checkpoint.signed(by: log)
    note.signatures.append(witness.signature(over: note.text, at: 1_700_000_000))
    #expect(witness.verifier.signatureTime(note) == 1_700_000_000)
    let policy = TrustPolicy(log: log.verifier, witnesses: [witness.verifier], quorum: 1)
    #expect(try Checkpoint(try SignedNote(note.description), trusting: policy) == checkpoint)
    note.signatures[1].bytes[7] ^= 1
    #expect(throws: ProofError.untrusted("0 witnesses have signed the checkpoint at 7; 1 must")) {
      try Checkpoint(note, trusting: policy)
    }
  }

  @Test(arguments: [
    "", "origin\n", "origin\n1\n", "origin\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    "origin\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "origin\n1\nAAAA\n",
    "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
  ])
  func `what is no checkpoint`(_ text: String) {
    #expect(throws: ProofError.self) { try Checkpoint(text: text) }
  }

  /// A log of random events with a receipt for each.
  private struct Made {
    let policy: TrustPolicy
    let receipts: [Receipt]

    init(count: Int, seed: UInt64) throws {
      var random = SplitMix64(seed: seed)
      let rows = (1...count).map { position in
        EventRow(
          RecordedEvent(
            position: Position(rawValue: Int64(position)), stream: StreamID(high: random.next(), low: random.next()),
            version: Version(rawValue: 1), actor: UserID(high: 1, low: 2),
            actorVersion: Version(rawValue: Int32(position)),
            command: CommandID(high: random.next(), low: random.next()),
            recordedAt: Timestamp(microseconds: 1_700_000_000_000_000),
            event: .simulationAdvanced(SimulationAdvanced(lap: Int32(position)))))
      }
      var tree = TreeBuilder()
      for row in rows { tree.append(row.leafHash) }
      let signer = try NoteSigner(name: "example.org/log", secret: NoteTests.secret)
      let note = Checkpoint(origin: "example.org/log", size: Int64(count), root: tree.root).signed(by: signer)
      let tile = Tile(address: TileAddress(level: 0, index: 0, width: count), hashes: rows.map(\.leafHash))
      policy = TrustPolicy(log: signer.verifier)
      receipts = rows.enumerated().map { index, row in
        let path = TreeProof.inclusion(of: Int64(index), size: Int64(count))?.hashes(from: [tile]) ?? []
        return Receipt(index: Int64(index), line: row.line, path: path, note: note)
      }
    }
  }

  @Test func `a receipt proves its event, and its text reads back`() throws {
    let made = try Made(count: 21, seed: 1)
    for receipt in made.receipts {
      let read = try Receipt(receipt.text)
      #expect(read == receipt)
      #expect(try read.verify(trusting: made.policy).position.rawValue == receipt.index + 1)
    }
    let bare = Receipt(index: 3, line: [], path: made.receipts[3].path, note: made.receipts[3].note)
    #expect(try Receipt(bare.text) == bare)
    #expect(throws: ProofError.self) { try bare.verify(trusting: made.policy) }
    #expect(try bare.verify(line: made.receipts[3].line, trusting: made.policy).position.rawValue == 4)
    #expect(throws: ProofError.self) { try bare.verify(line: made.receipts[4].line, trusting: made.policy) }
  }

  @Test func `another log's key does not do`() throws {
    let made = try Made(count: 5, seed: 2)
    let other = try NoteSigner(name: "example.org/log", secret: Self.secret.reversed())
    #expect(throws: ProofError.untrusted("the checkpoint at 5 is not signed by example.org/log")) {
      try made.receipts[0].verify(trusting: TrustPolicy(log: other.verifier))
    }
  }

  /// Every bit of a whole receipt, and 2,000 random ones of others. A receipt that still verifies must be the same
  /// receipt: nothing in it may be open to change.
  @Test(arguments: [UInt64(3), 4])
  func `no receipt survives a flipped bit`(seed: UInt64) throws {
    let made = try Made(count: 13, seed: seed)
    var random = SplitMix64(seed: seed)
    let whole = Array(made.receipts[6].text.utf8)
    for bit in 0..<whole.count * 8 { Self.flip(bit, of: whole, made, "seed \(seed)") }
    for _ in 0..<2000 {
      let bytes = Array(made.receipts.randomElement(using: &random)!.text.utf8)
      Self.flip(Int.random(in: 0..<bytes.count * 8, using: &random), of: bytes, made, "seed \(seed)")
    }
  }

  private static func flip(_ bit: Int, of receipt: [UInt8], _ made: Made, _ comment: Comment) {
    var bytes = receipt
    bytes[bit / 8] ^= 1 << (bit % 8)
    guard let text = String(validating: bytes, as: UTF8.self), let read = try? Receipt(text) else { return }
    #expect(throws: ProofError.self, "\(comment): bit \(bit)") { try read.verify(trusting: made.policy) }
  }
}
