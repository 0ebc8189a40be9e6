internal import Events

extension ReadModel {
  private static let magic: UInt32 = 0x424c_5253
  private static let version: UInt32 = 1

  /// SHA-256 of the state's canonical bytes: equal for equal logs, however they were folded. O(state).
  public var stateHash: [UInt8] {
    var sink = HashSink()
    write(to: &sink)
    return sink.digest
  }

  /// The state as bytes, with a checksum. O(state).
  public func encoded() -> [UInt8] {
    var sink = SnapshotSink()
    write(to: &sink)
    return sink.sealed()
  }

  /// The state that those bytes hold.
  ///
  /// - Throws: `notASnapshot`, `otherVersion`, `otherRules`, `damaged`.
  public init(encoded bytes: [UInt8], rules: CrowdRules = .standard) throws(SnapshotError) {
    let result = bytes.withUnsafeBytes { buffer -> Result<ReadModel, SnapshotError> in
      do throws(SnapshotError) {
        return .success(try ReadModel(sealed: buffer, rules: rules))
      } catch { return .failure(error) }
    }
    self = try result.get()
  }

  private init(sealed buffer: UnsafeRawBufferPointer, rules: CrowdRules) throws(SnapshotError) {
    guard buffer.count > 40 else { throw .notASnapshot }
    let body = UnsafeRawBufferPointer(rebasing: buffer.dropLast(32))
    var source = StateSource(body)
    guard try source.integer(UInt32.self) == Self.magic else { throw .notASnapshot }
    let version = try source.integer(UInt32.self)
    guard version == Self.version else { throw .otherVersion(version) }
    var check = HashSink()
    check.write(bytes: body)
    guard check.digest.elementsEqual(buffer.suffix(32)) else { throw .damaged }
    self.init(rules: rules)
    try read(&source)
    guard source.isAtEnd else { throw .damaged }
  }

  private func write(to sink: inout some StateSink) {
    sink.write(Self.magic)
    sink.write(Self.version)
    rules.write(to: &sink)
    sink.write(position.rawValue)
    shelf.write(to: &sink)
    playerIDs.write(to: &sink)
    players.write(to: &sink)
    runIDs.write(to: &sink)
    runs.write(to: &sink)
    results.write(to: &sink)
    decisions.write(to: &sink)
    decisionPositions.write(to: &sink)
    attemptKeys.write(to: &sink)
    attempts.write(to: &sink)
    leaderboard.write(to: &sink)
    cellKeys.write(to: &sink)
    for cell in cells { cell.write(to: &sink) }
    shareKeys.write(to: &sink)
    shares.write(to: &sink)
    clusterKeys.write(to: &sink)
    clusters.write(to: &sink)
  }

  private mutating func read(_ source: inout StateSource) throws(SnapshotError) {
    var wanted = SnapshotSink()
    rules.write(to: &wanted)
    let written = try source.take(wanted.bytes.count)
    guard written.elementsEqual(wanted.bytes) else { throw .otherRules }
    position = .init(rawValue: try source.integer())
    shelf = try RaceShelf(from: &source)
    playerIDs = try OrdinalTable(from: &source)
    players = try Column(from: &source)
    runIDs = try OrdinalTable(from: &source)
    runs = try Column(from: &source)
    results = try Column(from: &source)
    decisions = try Column(from: &source)
    decisionPositions = try Column(from: &source)
    attemptKeys = try OrdinalTable(from: &source)
    attempts = try Column(from: &source)
    let ids = playerIDs.keys
    leaderboard = try Leaderboard(from: &source, rules) { ids[$0] }
    cellKeys = try OrdinalTable(from: &source)
    for _ in 0..<cellKeys.count { cells.append(try WindowCell(from: &source)) }
    shareKeys = try OrdinalTable(from: &source)
    shares = try Column(from: &source)
    clusterKeys = try OrdinalTable(from: &source)
    clusters = try Column(from: &source)
  }
}
