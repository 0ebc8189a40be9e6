public import Events

extension Archive {
  /// What an archive was found to hold.
  public struct Finding: Sendable, Equatable {
    /// Events whose lines were hashed.
    public var events: Int64 = 0
    /// Segments, the unfinished end included.
    public var segments = 0
    /// The checkpoint that they fit; nil where the archive has none.
    public var checkpoint: Checkpoint?
    /// The root over all events.
    public var root = TreeHash.empty
  }

  /// Hashes every line, checks that segments follow each other without a gap, and holds the tree against the checkpoint.
  ///
  /// - Parameters:
  ///   - policy: whom the checkpoint must be signed by; nil checks the segments only.
  ///   - progress: called after each segment with the position reached.
  /// - Throws: ``Failure`` with the first thing wrong.
  public func verify(
    trusting policy: TrustPolicy?, progress: (Position) -> Void = { _ in }
  ) throws(Failure) -> Finding {
    var finding = Finding()
    var tree = TreeBuilder()
    let note = try checkpoint()
    let signed = try note.map { note throws(Failure) in try Self.checkpoint(note, policy) }
    if policy != nil, signed == nil { throw .wrong("the archive holds no checkpoint: export it again") }
    try forEachSegment { segment throws(Failure) in
      var leaves: [TreeHash] = []
      leaves.reserveCapacity(segment.count)
      do {
        try segment.columns().forEachLeaf { leaves.append($0) }
      } catch { throw .wrong("the segment from \(segment.first.rawValue) on: \(error)") }
      var own = TreeBuilder()
      for leaf in leaves {
        own.append(leaf)
        tree.append(leaf)
        if tree.size == signed?.size, tree.root != signed?.root {
          throw .wrong("the events up to \(tree.size) are not those that the checkpoint was signed over")
        }
      }
      guard own.root == segment.root else {
        throw .wrong("the events from \(segment.first.rawValue) on are not those that the segment was sealed over")
      }
      finding.segments += 1
      progress(segment.last)
    }
    if let signed, tree.size < signed.size {
      throw .wrong("the archive ends at \(tree.size), the checkpoint was signed at \(signed.size)")
    }
    finding.events = tree.size
    finding.root = tree.root
    finding.checkpoint = signed
    return finding
  }

  private static func checkpoint(_ note: SignedNote, _ policy: TrustPolicy?) throws(Failure) -> Checkpoint {
    do throws(ProofError) {
      guard let policy else { return try Checkpoint(text: note.text) }
      return try Checkpoint(note, trusting: policy)
    } catch { throw .wrong(error.description) }
  }

  /// Every segment in order, the unfinished end last.
  ///
  /// - Throws: ``Failure``: `wrong` for a gap; whatever `body` throws.
  public func forEachSegment(_ body: (Segment) throws(Failure) -> Void) throws(Failure) {
    let count = segmentCount
    var next = Position.zero.next
    func take(_ segment: Segment) throws(Failure) {
      guard segment.first == next else {
        throw .wrong("the event \(next.rawValue) is missing: a segment begins at \(segment.first.rawValue)")
      }
      next = segment.last.next
      try body(segment)
    }
    for number in 0..<count {
      let segment = try segment(number)
      guard segment.count == Segment.fullCount else { throw .wrong("the segment \(number) is not full") }
      try take(segment)
    }
    if let end = try end(), end.first >= next { try take(end) }
    if next == Position.zero.next { throw .wrong("there is no segment in \(path)") }
  }
}
