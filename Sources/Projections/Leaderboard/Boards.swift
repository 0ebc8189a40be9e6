internal import Events

/// All leaderboards. Boards are made when their first user is listed.
struct Boards: Sendable {
  /// Which board, by ordinals.
  enum Key: Sendable, Hashable {
    case overall
    case season(Int16)
    case circuit(Int32)
  }

  private(set) var keys: [Key] = []
  private var entries: [BoardEntries] = []
  private var overall: Int?
  private var seasons: [(season: Int16, ordinal: Int)] = []
  /// By circuit; -1 where there is no board.
  private var circuits: [Int] = []

  init() {}

  /// The board; nil as long as nobody is listed there.
  func board(_ key: Key) -> BoardEntries? { ordinal(of: key).map { entries[$0] } }

  /// Every finish asks for three boards: no hashing. O(seasons).
  private func ordinal(of key: Key) -> Int? {
    switch key {
    case .overall: overall
    case .season(let season): seasons.first { $0.season == season }?.ordinal
    case .circuit(let circuit):
      circuits.indices.contains(Int(circuit)) && circuits[Int(circuit)] >= 0 ? circuits[Int(circuit)] : nil
    }
  }

  /// The standing of a player who is listed on a board. O(1).
  func standing(of player: UInt32, on key: Key) -> Standing? {
    ordinal(of: key).flatMap { entries[$0].row(of: player)?.standing }
  }

  /// Lists a player on a board with a standing, or no longer lists him.
  ///
  /// - Returns: whether anything changed.
  mutating func set(
    _ player: UInt32, _ standing: Standing?, on key: Key, _ rules: CrowdRules,
    isBefore: (EntryRow, EntryRow) -> Bool
  ) -> Bool {
    guard let ordinal = ordinal(of: key) ?? standing.map({ _ in add(key) }) else { return false }
    return entries[ordinal].set(player, standing, rules, isBefore: isBefore)
  }

  private mutating func add(_ key: Key) -> Int {
    let ordinal = entries.count
    switch key {
    case .overall: overall = ordinal
    case .season(let season): seasons.append((season, ordinal))
    case .circuit(let circuit):
      while circuits.count <= Int(circuit) { circuits.append(-1) }
      circuits[Int(circuit)] = ordinal
    }
    keys.append(key)
    entries.append(BoardEntries())
    return ordinal
  }

  /// Bytes that others do not hold as well.
  func bytes(notSharedWith other: Boards) -> Int {
    entries.indices.reduce(0) { bytes, ordinal in
      let before = ordinal < other.entries.count ? other.entries[ordinal] : BoardEntries()
      return bytes + entries[ordinal].bytes(notSharedWith: before)
    }
  }

  func write(to sink: inout some StateSink) {
    sink.write(UInt64(keys.count))
    for (key, board) in zip(keys, entries) {
      let (kind, number): (UInt8, Int32) =
        switch key {
        case .overall: (0, 0)
        case .season(let season): (1, Int32(season))
        case .circuit(let circuit): (2, circuit)
        }
      sink.write(kind)
      sink.write(number)
      board.write(to: &sink)
    }
  }

  init(
    from source: inout StateSource, players: Int, isBefore: (EntryRow, EntryRow) -> Bool
  ) throws(SnapshotError) {
    for _ in 0..<(try source.count(ofSize: 13)) {
      let kind: UInt8 = try source.integer()
      let number: Int32 = try source.integer()
      // There are no more circuits than races, which have 16 bits.
      guard kind != 2 || (0...Int32(UInt16.max)).contains(number) else { throw .damaged }
      let key: Key = kind == 0 ? .overall : kind == 1 ? .season(Int16(truncatingIfNeeded: number)) : .circuit(number)
      let ordinal = add(key)
      entries[ordinal] = try BoardEntries(from: &source, players: players, isBefore: isBefore)
    }
  }
}
