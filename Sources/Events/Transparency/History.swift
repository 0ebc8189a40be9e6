internal import FoundationEssentials

/// Everything that an account caused, each event with the proof that it is in the log, under one checkpoint: what an
/// auditor takes home. Text, a JSON object a line: a heading, the events in the account's own count, and their number.
public struct History: Sendable, Equatable {
  /// Whose history it is.
  public var account: UserID
  /// The signed checkpoint.
  public var note: SignedNote
  /// In the order of the account's own count, from its first.
  public var entries: [Entry]

  /// One event.
  public enum Entry: Sendable, Equatable {
    /// The event's line and its inclusion path.
    case event(line: [UInt8], path: [TreeHash])
    /// The event is in the log; what it says is withheld until its run is over.
    case withheld(position: Position, leaf: TreeHash, path: [TreeHash])
  }

  /// A history of those parts.
  public init(account: UserID, note: SignedNote, entries: [Entry]) {
    self.account = account
    self.note = note
    self.entries = entries
  }

  static let format = "blame-history/1"
}

extension History {
  /// What a history proves.
  public struct Finding: Sendable, Equatable {
    /// Whose history it is.
    public var account: UserID
    /// Events that it holds; they are the account's first so many, without a gap.
    public var events: Int
    /// Decisions among them.
    public var decisions: Int
    /// Events whose content is withheld.
    public var withheld: Int
    /// The log it was checked under.
    public var checkpoint: Checkpoint
  }

  /// Checks that every event is in a log that is trusted, is of the account, and that none is left out between the first
  /// and the last.
  ///
  /// - Throws: ``ProofError`` with the first thing wrong.
  public func verify(trusting policy: TrustPolicy) throws(ProofError) -> Finding {
    let checkpoint = try Checkpoint(note, trusting: policy)
    var finding = Finding(account: account, events: 0, decisions: 0, withheld: 0, checkpoint: checkpoint)
    var last = Position.zero
    for (index, entry) in entries.enumerated() {
      let position = try verify(entry, number: index + 1, checkpoint, &finding)
      guard position > last else {
        throw .wrong("event \(index + 1) of the history is not behind the one before it in the log")
      }
      last = position
    }
    return finding
  }

  private func verify(
    _ entry: Entry, number: Int, _ checkpoint: Checkpoint, _ finding: inout Finding
  ) throws(ProofError) -> Position {
    finding.events += 1
    switch entry {
    case .withheld(let position, let leaf, let path):
      finding.withheld += 1
      try InclusionCheck(index: position.rawValue - 1, path: path).require(leaf, in: checkpoint)
      return position
    case .event(let line, let path):
      let row = try EventRow(provenLine: line)
      guard row.actor == account else {
        throw .wrong("event \(number) of the history, at position \(row.position.rawValue), is not of \(account)")
      }
      guard let version = row.actorVersion, version.rawValue == Int32(number) else {
        let found = row.actorVersion.map { "\($0.rawValue)" } ?? "none"
        throw .wrong("event \(number) of the account was expected and number \(found) found: something is left out")
      }
      try InclusionCheck(index: row.position.rawValue - 1, path: path).require(TreeHash(leaf: line), in: checkpoint)
      if row.type == .decisionMade { finding.decisions += 1 }
      return row.position
    }
  }
}

extension History {
  fileprivate struct Heading: Codable {
    var format: String
    var account: String
    var checkpoint: String
  }

  fileprivate struct Row: Codable {
    var line: String?
    var position: Int64?
    var leaf: String?
    var proof: [String]
  }

  fileprivate struct End: Codable {
    var count: Int
  }

  /// The history as text.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func line(_ value: some Encodable) -> String {
      guard let data = try? encoder.encode(value) else { preconditionFailure("texts and numbers can be written") }
      return String(decoding: data, as: UTF8.self) + "\n"
    }
    let heading = Heading(format: Self.format, account: account.description, checkpoint: note.description)
    return line(heading) + entries.map { line(Row($0)) }.joined() + line(End(count: entries.count))
  }

  /// Reads a history.
  ///
  /// - Throws: ``ProofError/malformed(_:)`` with the line.
  public init(_ text: String) throws(ProofError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popLast()?.isEmpty == true, lines.count >= 2, let first = lines.popFirst(), let last = lines.popLast()
    else { throw .malformed("a history has a heading, events and their number, each line ended") }
    let heading = try Self.read(Heading.self, first, number: 1)
    guard heading.format == Self.format, let account = UserID(heading.account) else {
      throw .malformed("line 1 is not the heading of a history (\(Self.format))")
    }
    let end = try Self.read(End.self, last, number: lines.count + 2)
    guard end.count == lines.count else {
      throw .malformed("the history says that it has \(end.count) events and has \(lines.count)")
    }
    self.init(account: account, note: try SignedNote(heading.checkpoint), entries: [])
    for (index, line) in lines.enumerated() {
      entries.append(try Self.read(Row.self, line, number: index + 2).entry(number: index + 2))
    }
  }

  private static func read<Value: Decodable>(
    _ type: Value.Type, _ line: Substring, number: Int
  ) throws(ProofError) -> Value {
    guard let value = try? JSONDecoder().decode(type, from: Data(line.utf8)) else {
      throw .malformed("line \(number) of the history cannot be read")
    }
    return value
  }
}

extension History.Row {
  fileprivate init(_ entry: History.Entry) {
    switch entry {
    case .event(let line, let path):
      self.init(line: String(decoding: line, as: UTF8.self), proof: path.map { Base64.encode($0.bytes) })
    case .withheld(let position, let leaf, let path):
      self.init(
        position: position.rawValue, leaf: Base64.encode(leaf.bytes), proof: path.map { Base64.encode($0.bytes) })
    }
  }

  fileprivate func entry(number: Int) throws(ProofError) -> History.Entry {
    var path: [TreeHash] = []
    for text in proof {
      guard let hash = Base64.decode(text).flatMap({ TreeHash($0) }) else {
        throw .malformed("line \(number) of the history holds a proof that is not of hashes")
      }
      path.append(hash)
    }
    if let line, position == nil, leaf == nil { return .event(line: Array(line.utf8), path: path) }
    guard line == nil, let position, let leaf = leaf.flatMap({ Base64.decode($0) }).flatMap({ TreeHash($0) }) else {
      throw .malformed("line \(number) of the history is neither an event nor one withheld")
    }
    return .withheld(position: Position(rawValue: position), leaf: leaf, path: path)
  }
}
