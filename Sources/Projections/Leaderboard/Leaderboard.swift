internal import Events
internal import Racing

/// Ratings of players over their counted runs: overall, by season and by circuit.
struct Leaderboard: Sendable {
  /// One scope: overall is the first; seasons and circuits follow in order of first appearance.
  enum Key: Hashable, Sendable {
    case overall
    case season(Int16)
    case circuit(Int32)
  }

  private(set) var keys: [Key] = [.overall]
  /// Ordinals of (scope, player).
  private var index = OrdinalTable<PairKey>()
  private var rows = Column<StandingRow>()
  private var boards: [Board] = [Board()]

  init() {}

  /// Counts a run of a player.
  mutating func count(
    _ iq: Int64, of player: UInt32, id: WideKey, season: Int16, circuit: Int32, at position: Position,
    _ rules: CrowdRules
  ) {
    count(iq, scope(.overall), player, id, position, rules)
    count(iq, scope(.season(season)), player, id, position, rules)
    if circuit >= 0 { count(iq, scope(.circuit(circuit)), player, id, position, rules) }
  }

  /// Takes a player off every board, for good.
  mutating func remove(_ player: UInt32, id: WideKey, _ rules: CrowdRules) {
    for scope in keys.indices {
      guard let standing = index.ordinal(of: PairKey(UInt32(scope), player)) else { continue }
      if rows[standing].isListed(rules) { boards[scope].remove(place(standing, id, rules)) }
      rows[standing] = StandingRow(player: player)
    }
  }

  /// The scope's ordinal, if anybody has played there.
  func scope(known key: Key) -> Int? { keys.firstIndex(of: key) }

  /// The players of a scope in order.
  func board(_ scope: Int) -> Board { boards[scope] }

  /// Players with a higher rating in a scope. O(log ratings).
  func above(_ rating: Int, in scope: Int) -> Int { boards[scope].counts.above(rating) }

  func row(_ standing: UInt32) -> StandingRow { rows[standing] }

  /// A player's standing in a scope; nil without a counted run.
  func standing(of player: UInt32, in scope: Int) -> UInt32? {
    index.ordinal(of: PairKey(UInt32(scope), player)).flatMap { rows[$0].count > 0 ? $0 : nil }
  }

  func place(_ standing: UInt32, _ id: WideKey, _ rules: CrowdRules) -> Board.Place {
    let row = rows[standing]
    return Board.Place(
      rating: row.rating(rules), count: row.count, listedAt: row.listedAt, id: id, standing: standing)
  }

  private mutating func scope(_ key: Key) -> Int {
    if let known = keys.firstIndex(of: key) { return known }
    keys.append(key)
    boards.append(Board())
    return keys.count - 1
  }

  private mutating func count(
    _ iq: Int64, _ scope: Int, _ player: UInt32, _ id: WideKey, _ position: Position, _ rules: CrowdRules
  ) {
    let (standing, isNew) = index.insert(PairKey(UInt32(scope), player))
    if isNew { rows.append(StandingRow(player: player)) }
    if rows[standing].isListed(rules) { boards[scope].remove(place(standing, id, rules)) }
    rows[standing].sum += iq
    rows[standing].squares += iq * iq
    rows[standing].count += 1
    guard rows[standing].isListed(rules) else { return }
    if rows[standing].listedAt == 0 { rows[standing].listedAt = position.rawValue }
    boards[scope].insert(place(standing, id, rules))
  }

  func write(to sink: inout some StateSink) {
    sink.write(
      keys.flatMap { key -> [Int64] in
        switch key {
        case .overall: [0, 0]
        case .season(let season): [1, Int64(season)]
        case .circuit(let circuit): [2, Int64(circuit)]
        }
      })
    index.write(to: &sink)
    rows.write(to: &sink)
  }

  /// - Parameter id: the identifier of a player.
  init(from source: inout StateSource, _ rules: CrowdRules, id: (UInt32) -> WideKey) throws(SnapshotError) {
    let numbers = try source.integers()
    keys = stride(from: 0, to: numbers.count - 1, by: 2).map { index in
      switch numbers[index] {
      case 1: .season(Int16(truncatingIfNeeded: numbers[index + 1]))
      case 2: .circuit(Int32(truncatingIfNeeded: numbers[index + 1]))
      default: .overall
      }
    }
    index = try OrdinalTable(from: &source)
    rows = try Column(from: &source)
    guard rows.count == index.count, keys.first == .overall else { throw .damaged }
    boards = [Board](repeating: Board(), count: keys.count)
    for standing in 0..<UInt32(rows.count) where rows[standing].isListed(rules) {
      let scope = Int(index.keys[standing].value >> 32)
      guard scope < boards.count else { throw .damaged }
      boards[scope].insert(place(standing, id(rows[standing].player), rules))
    }
  }
}
