/// The proof that one event is in the log, as C2SP tlog-proof writes it. Checked without the log and without a network.
public struct Receipt: Sendable, Equatable {
  /// The event's position less one.
  public var index: Int64
  /// The event's line, which makes the receipt whole; empty where it is not handed out yet.
  public var line: [UInt8]
  /// From the leaf's sibling to the root's child.
  public var path: [TreeHash]
  /// The signed checkpoint.
  public var note: SignedNote

  static let heading = "c2sp.org/tlog-proof@v1"

  /// A receipt of those parts.
  public init(index: Int64, line: [UInt8], path: [TreeHash], note: SignedNote) {
    self.index = index
    self.line = line
    self.path = path
    self.note = note
  }

  /// The receipt as text.
  public var text: String {
    var lines = [Self.heading]
    if !line.isEmpty { lines.append("extra \(Base64.encode(line))") }
    lines.append("index \(index)")
    lines += path.map { Base64.encode($0.bytes) }
    return lines.joined(separator: "\n") + "\n\n" + note.description
  }

  /// Reads a receipt.
  ///
  /// - Throws: ``ProofError/malformed(_:)``.
  public init(_ text: String) throws(ProofError) {
    guard let gap = text.firstRange(of: "\n\n") else { throw .malformed("the receipt holds no checkpoint") }
    var lines = text[..<gap.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.heading[...] else {
      throw .malformed("a receipt begins with \"\(Self.heading)\"")
    }
    line = []
    if let extra = lines.first, extra.hasPrefix("extra ") {
      guard let bytes = Base64.decode(extra.dropFirst(6)) else { throw .malformed("the receipt's line is not base 64") }
      line = bytes
      lines.removeFirst()
    }
    guard let number = lines.popFirst(), number.hasPrefix("index "), let index = Int64(number.dropFirst(6)), index >= 0,
      "index \(index)" == number
    else { throw .malformed("the receipt does not say which leaf it is of") }
    self.index = index
    path = []
    for line in lines {
      guard let bytes = Base64.decode(line), let hash = TreeHash(bytes) else {
        throw .malformed("\"\(line.prefix(50))\" is not a hash in base 64")
      }
      path.append(hash)
    }
    note = try SignedNote(text[gap.upperBound...])
  }

  /// Checks that the event is in a log that is trusted.
  ///
  /// - Parameter line: the event's line, where the receipt does not hold it.
  /// - Returns: the event.
  /// - Throws: ``ProofError`` with the first thing wrong.
  @discardableResult
  public func verify(line given: [UInt8]? = nil, trusting policy: TrustPolicy) throws(ProofError) -> EventRow {
    let line = given ?? self.line
    if line.isEmpty { throw .malformed("the receipt does not hold the event's line: give it") }
    let checkpoint = try Checkpoint(note, trusting: policy)
    let event = try EventRow(provenLine: line)
    guard event.position.rawValue == index + 1 else {
      throw .wrong("the line is of position \(event.position.rawValue), the receipt of \(index + 1)")
    }
    try InclusionCheck(index: index, path: path).require(TreeHash(leaf: line), in: checkpoint)
    return event
  }
}

/// A leaf's place in the tree, and the path that should lead from it to the root.
struct InclusionCheck {
  let index: Int64
  let path: [TreeHash]

  /// - Throws: ``ProofError/wrong(_:)`` unless the path leads to the checkpoint's root.
  func require(_ leaf: TreeHash, in checkpoint: Checkpoint) throws(ProofError) {
    let root = TreeProof.root(leaf: leaf, index: index, size: checkpoint.size, path: path)
    if root != checkpoint.root {
      throw .wrong("the event at position \(index + 1) is not in the log at size \(checkpoint.size)")
    }
  }
}

extension EventRow {
  /// The event in a line that is to be proven.
  init(provenLine line: [UInt8]) throws(ProofError) {
    let read = line.withUnsafeBytes { bytes in
      Result { () throws(EventLineError) in try EventRow(line: bytes) }
    }
    do throws(EventLineError) { self = try read.get() } catch { throw .malformed(error.description) }
    guard self.line == line else {
      throw .malformed("the line at position \(position.rawValue) is not in its one form")
    }
  }
}
