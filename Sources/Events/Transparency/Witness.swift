/// Watches a log from elsewhere: signs a checkpoint only if the log then is the beginning of what it saw before grown on,
/// so that a log cannot show different people different pasts.
public struct Witness: Sendable {
  private let signer: NoteSigner
  private let policy: TrustPolicy

  /// A witness of a log, with a key of its own for cosignatures.
  public init(signer: NoteSigner, watching policy: TrustPolicy) {
    precondition(signer.verifier.kind == .cosignature, "a witness signs checkpoints with their time")
    self.signer = signer
    self.policy = policy
  }

  /// What must be proven before a checkpoint is signed.
  public enum Question: Sendable, Equatable {
    /// Nothing: it is the first one seen.
    case nothing
    /// Nothing: it is the one seen last.
    case seen
    /// That the tree of that size is the beginning of the checkpoint's.
    case consistency(from: Int64)
  }

  /// What must be proven of a checkpoint.
  ///
  /// - Throws: ``ProofError``: `untrusted` when the log has not signed it, `wrong` when it shows a fork already.
  public func question(_ note: SignedNote, after last: SignedNote?) throws(ProofError) -> Question {
    let new = try Checkpoint(note, trusting: policy)
    guard let last else { return .nothing }
    let old = try Checkpoint(last, trusting: policy)
    if new.size == old.size {
      if new.root == old.root { return .seen }
      throw .wrong("the log has signed two different roots at size \(new.size): it is forked")
    }
    if new.size < old.size {
      throw .wrong("the log was signed at \(old.size) and is now signed at \(new.size): it has shrunk")
    }
    return .consistency(from: old.size)
  }

  /// Signs a checkpoint.
  ///
  /// - Parameters:
  ///   - path: the consistency proof; nothing where none is needed.
  ///   - second: since 1970.
  /// - Throws: ``ProofError``: `wrong` when the proof does not hold.
  public func sign(
    _ note: SignedNote, after last: SignedNote?, path: [TreeHash], at second: UInt64
  ) throws(ProofError) -> SignedNote.Signature {
    if case .consistency(let from) = try question(note, after: last), let last {
      let old = try Checkpoint(last, trusting: policy)
      let new = try Checkpoint(note, trusting: policy)
      guard TreeProof.isConsistent(from: from, old.root, to: new.size, new.root, path: path) else {
        throw .wrong(
          "the log of \(new.size) events does not go on from the one of \(old.size) signed before: it is forked")
      }
    }
    return signer.signature(over: note.text, at: second)
  }
}
