public import Events
internal import Racing

extension ReadModel {
  /// Version of the snapshot's form; another one cannot be read.
  public static let snapshotVersion: UInt32 = 5

  private static let magic: [UInt8] = Array("BLAMERM1".utf8)
  private static let hashBytes = 32

  /// SHA-256 of the whole state, lower-case hexadecimal. Equal for equal histories under equal rules, however they were
  /// applied.
  ///
  /// - Complexity: O(state).
  public var stateHash: String {
    var sink = HashSink()
    settled.write(to: &sink)
    return hexadecimal(sink.digest)
  }

  /// The whole state in bytes, with the state hash at the end.
  ///
  /// - Complexity: O(state); the value itself is not held up, copies are cheap.
  public func snapshot() -> [UInt8] {
    let settled = settled
    var counter = CountingSink()
    settled.write(to: &counter)
    var sink = SnapshotSink(capacity: counter.count + Self.hashBytes)
    settled.write(to: &sink)
    return sink.sealed()
  }

  /// The state that a snapshot holds; events behind its ``position`` come next.
  ///
  /// - Throws: ``SnapshotError``; take an older snapshot or replay the log then.
  /// - Complexity: O(state).
  public init(
    snapshot bytes: [UInt8], rules: CrowdRules = .standard, passingOver quarantine: Set<Position> = []
  ) throws(SnapshotError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(SnapshotError) in
      try ReadModel(checked: UnsafeRawBufferPointer(buffer), rules: rules)
    }
    self.quarantine = quarantine
  }

  private init(checked bytes: UnsafeRawBufferPointer, rules: CrowdRules) throws(SnapshotError) {
    guard bytes.count > Self.magic.count + Self.hashBytes, bytes.starts(with: Self.magic) else {
      throw .notASnapshot
    }
    let content = UnsafeRawBufferPointer(rebasing: bytes.dropLast(Self.hashBytes))
    var hash = HashSink()
    hash.write(bytes: content)
    guard hash.digest.elementsEqual(bytes.suffix(Self.hashBytes)) else { throw .damaged }
    var source = StateSource(content)
    _ = try source.take(Self.magic.count)
    let version: UInt32 = try source.integer()
    guard version == Self.snapshotVersion else { throw .otherVersion(version) }
    var expected = SnapshotSink(capacity: 128)
    rules.write(to: &expected)
    guard try source.take(expected.bytes.count).elementsEqual(expected.bytes) else { throw .otherRules }
    self.init(rules: rules)
    try read(from: &source)
    guard source.isAtEnd else { throw .damaged }
  }

  private var settled: ReadModel {
    var copy = self
    copy.settle()
    return copy
  }

  private func write(to sink: inout some StateSink) {
    Self.magic.withUnsafeBytes { sink.write(bytes: $0) }
    sink.write(Self.snapshotVersion)
    rules.write(to: &sink)
    sink.write(position.rawValue)
    playerIDs.write(to: &sink)
    players.write(to: &sink)
    races.write(to: &sink)
    runIDs.write(to: &sink)
    runs.write(to: &sink)
    results.write(to: &sink)
    decisionPositions.write(to: &sink)
    decisions.write(to: &sink)
    attempts.write(to: &sink)
    attemptCounts.write(to: &sink)
    counted.write(to: &sink)
    boards.write(to: &sink)
    crowd.write(to: &sink)
    writeCells(to: &sink)
    clusters.write(to: &sink)
    memberships.write(to: &sink)
    totals.write(to: &sink)
  }

  private mutating func read(from source: inout StateSource) throws(SnapshotError) {
    position = Position(rawValue: try source.integer())
    playerIDs = try OrdinalTable(from: &source)
    players = try Column(from: &source)
    races = try RaceTable(from: &source)
    runIDs = try OrdinalTable(from: &source)
    runs = try Column(from: &source)
    results = try Column(from: &source)
    decisionPositions = try Column(from: &source)
    decisions = try Column(from: &source)
    attempts = try OrdinalTable(from: &source)
    attemptCounts = try Column(from: &source)
    counted = try Column(from: &source)
    let ids = playerIDs.keys
    boards = try Boards(from: &source, players: players.count) { Self.isBefore($0, $1, ids) }
    crowd = try CrowdTable(from: &source)
    try readCells(from: &source)
    clusters = try ClusterTable(from: &source)
    memberships = try MembershipTable(from: &source)
    totals = try Totals(from: &source)
  }

  /// Circuit and season of every window, by ordinal; (-1, 0) for those of races not imported yet.
  private func writeCells(to sink: inout some StateSink) {
    var keys = [CellKey](repeating: CellKey(circuit: -1, season: 0), count: crowd.cells.count)
    for (key, cell) in cells { keys[Int(cell)] = key }
    for key in keys {
      sink.write(key.circuit)
      sink.write(key.season)
    }
  }

  private mutating func readCells(from source: inout StateSource) throws(SnapshotError) {
    for cell in 0..<Int32(crowd.cells.count) {
      let key = CellKey(circuit: try source.integer(), season: try source.integer())
      if key.circuit >= 0 { cells[key] = cell }
    }
  }
}
