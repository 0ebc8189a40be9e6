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
  private var ordinals: [Key: Int] = [:]

  init() {}

  /// The board; nil as long as nobody is listed there.
  func board(_ key: Key) -> BoardEntries? { ordinals[key].map { entries[$0] } }

  /// Lists a player on a board with a standing, or no longer lists him.
  ///
  /// - Returns: whether anything changed.
  mutating func set(
    _ player: UInt32, _ standing: Standing?, on key: Key, _ rules: CrowdRules,
    isBefore: (EntryRow, EntryRow) -> Bool
  ) -> Bool {
    guard let ordinal = ordinals[key] ?? standing.map({ _ in add(key) }) else { return false }
    return entries[ordinal].set(player, standing, rules, isBefore: isBefore)
  }

  private mutating func add(_ key: Key) -> Int {
    ordinals[key] = entries.count
    keys.append(key)
    entries.append(BoardEntries())
    return entries.count - 1
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
      let key: Key = kind == 0 ? .overall : kind == 1 ? .season(Int16(truncatingIfNeeded: number)) : .circuit(number)
      let ordinal = add(key)
      entries[ordinal] = try BoardEntries(from: &source, players: players, isBefore: isBefore)
    }
  }
}
