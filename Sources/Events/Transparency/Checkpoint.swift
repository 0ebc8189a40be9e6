/// The log at one moment, as C2SP tlog-checkpoint writes it: whose log, how many leaves, and the root over them.
public struct Checkpoint: Sendable, Hashable {
  /// Names the log among all logs.
  public var origin: String
  /// How many leaves.
  public var size: Int64
  /// The root over them.
  public var root: TreeHash

  /// A checkpoint of those facts.
  public init(origin: String, size: Int64, root: TreeHash) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The text that is signed.
  public var text: String { "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n" }

  /// Reads the text of a note; lines behind the third are left alone.
  ///
  /// - Throws: ``ProofError/malformed(_:)``.
  public init(text: String) throws(ProofError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.last?.isEmpty == true, !lines[0].isEmpty else {
      throw .malformed("a checkpoint has three lines: origin, size and root")
    }
    guard let size = Int64(lines[1]), size >= 0, String(size) == lines[1] else {
      throw .malformed("\"\(lines[1].prefix(30))\" is not the size of a tree")
    }
    guard let bytes = Base64.decode(lines[2]), let root = TreeHash(bytes) else {
      throw .malformed("the checkpoint's third line is not a hash in base 64")
    }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  /// The checkpoint in a note that the log's key has signed, and as many witnesses as wanted.
  ///
  /// - Throws: ``ProofError``: `untrusted` where a signature is missing.
  public init(_ note: SignedNote, trusting policy: TrustPolicy) throws(ProofError) {
    try self.init(text: note.text)
    guard origin == policy.origin else {
      throw .untrusted("the checkpoint is of \(origin) and not of \(policy.origin)")
    }
    guard policy.log.hasSigned(note) else {
      throw .untrusted("the checkpoint at \(size) is not signed by \(policy.log.name)")
    }
    let witnesses = policy.witnesses.filter { $0.hasSigned(note) }.count
    guard witnesses >= policy.quorum else {
      throw .untrusted("\(witnesses) witnesses have signed the checkpoint at \(size); \(policy.quorum) must")
    }
  }

  /// The checkpoint as a note with one signature.
  public func signed(by signer: NoteSigner) -> SignedNote {
    SignedNote(text: text, signatures: [signer.signature(over: text)])
  }
}

/// Whom somebody believes.
public struct TrustPolicy: Sendable {
  /// The log's name.
  public var origin: String
  /// The log's key.
  public var log: NoteKey
  /// Keys of witnesses.
  public var witnesses: [NoteKey]
  /// How many of them must have signed.
  public var quorum: Int

  /// Belief in a log, whose key has the log's name unless said otherwise, and in witnesses.
  public init(log: NoteKey, origin: String? = nil, witnesses: [NoteKey] = [], quorum: Int = 0) {
    self.origin = origin ?? log.name
    self.log = log
    self.witnesses = witnesses
    self.quorum = quorum
  }
}
