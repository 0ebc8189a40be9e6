internal import Events

/// A listed user. No padding.
struct EntryRow: BitwiseCopyable, Sendable {
  var standing: Standing
  var player: UInt32
  /// Hundredths; -1 when not listed any more.
  var rating: Int32
}

/// One leaderboard: listed users by rating, each rating's users in the total order.
struct BoardEntries: Sendable {
  private var index = OrdinalTable<PairKey>()
  private var rows = Column<EntryRow>()
  private var tree = RankTree()
  /// By rating: entries in the total order.
  private var buckets = [[UInt32]](repeating: [], count: RankTree.ratingMax + 1)
  /// Grows with every change.
  private(set) var revision: UInt64 = 0

  init() {}

  /// How many are listed.
  var count: Int { tree.count }

  func row(of player: UInt32) -> EntryRow? {
    guard let ordinal = index.ordinal(of: PairKey(0, player)), rows[ordinal].rating >= 0 else { return nil }
    return rows[ordinal]
  }

  /// 1 + users with a higher rating. O(log ratings).
  func rank(ofRating rating: Int32) -> Int { tree.countAbove(Int(rating)) + 1 }

  /// Lists a player with a standing, or no longer lists him. O(log ratings + users with the same rating).
  ///
  /// - Returns: whether anything changed.
  mutating func set(
    _ player: UInt32, _ standing: Standing?, _ rules: CrowdRules, isBefore: (EntryRow, EntryRow) -> Bool
  ) -> Bool {
    guard let standing else { return remove(player, isBefore: isBefore) }
    let rating = Int32(min(max(0, standing.rating(rules)), Int64(RankTree.ratingMax)))
    let row = EntryRow(standing: standing, player: player, rating: rating)
    let (ordinal, isNew) = index.insert(PairKey(0, player))
    if isNew { rows.append(row) } else { take(ordinal, isBefore: isBefore) }
    rows[ordinal] = row
    let place = place(of: row, isBefore: isBefore)
    buckets[Int(rating)].insert(ordinal, at: place)
    tree.add(1, at: Int(rating))
    revision += 1
    return true
  }

  private mutating func remove(_ player: UInt32, isBefore: (EntryRow, EntryRow) -> Bool) -> Bool {
    guard let ordinal = index.ordinal(of: PairKey(0, player)), rows[ordinal].rating >= 0 else { return false }
    take(ordinal, isBefore: isBefore)
    rows[ordinal] = EntryRow(standing: Standing(), player: player, rating: -1)
    revision += 1
    return true
  }

  private mutating func take(_ ordinal: UInt32, isBefore: (EntryRow, EntryRow) -> Bool) {
    let row = rows[ordinal]
    guard row.rating >= 0 else { return }
    buckets[Int(row.rating)].remove(at: place(of: row, isBefore: isBefore))
    tree.add(-1, at: Int(row.rating))
  }

  /// Where a row stands, or belongs, among those with its rating.
  func place(of row: EntryRow, isBefore: (EntryRow, EntryRow) -> Bool) -> Int {
    place(inRating: Int(row.rating)) { isBefore($0, row) }
  }

  /// How many of a rating satisfy the predicate, which the first ones do.
  func place(inRating rating: Int, _ isBefore: (EntryRow) -> Bool) -> Int {
    let bucket = buckets[rating]
    var (low, high) = (0, bucket.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(rows[bucket[middle]]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Index from the top of the first row of a rating.
  func firstIndex(ofRating rating: Int) -> Int { tree.countAbove(rating) }

  /// Rows from an index on, at most `limit`. O(log ratings + limit + empty ratings between).
  func rows(from start: Int, limit: Int) -> [EntryRow] {
    guard start < count, limit > 0 else { return [] }
    var page: [EntryRow] = []
    var (rating, offset) = tree.rating(atIndex: start)
    while page.count < limit {
      for ordinal in buckets[rating][offset...].prefix(limit - page.count) { page.append(rows[ordinal]) }
      guard start + page.count < count else { break }
      (rating, offset) = (tree.rating(atIndex: start + page.count).rating, 0)
    }
    return page
  }
}

extension BoardEntries {
  /// Bytes that the other board does not hold as well; the order of one that has changed counts whole.
  func bytes(notSharedWith other: BoardEntries) -> Int {
    let order = revision == other.revision ? 0 : RankTree.ratingMax * 12 + count * 4
    return index.bytes(notSharedWith: other.index) + rows.bytes(notSharedWith: other.rows) + order
  }

  func write(to sink: inout some StateSink) { rows.write(to: &sink) }

  /// Reads the rows and puts them in order again.
  init(
    from source: inout StateSource, players: Int, isBefore: (EntryRow, EntryRow) -> Bool
  ) throws(SnapshotError) {
    rows = try Column(from: &source)
    for ordinal in 0..<UInt32(rows.count) {
      let row = rows[ordinal]
      guard row.player < players, row.rating <= RankTree.ratingMax else { throw .damaged }
      _ = index.insert(PairKey(0, row.player))
      guard row.rating >= 0 else { continue }
      buckets[Int(row.rating)].append(ordinal)
      tree.add(1, at: Int(row.rating))
    }
    for rating in buckets.indices where buckets[rating].count > 1 {
      buckets[rating].sort { isBefore(rows[$0], rows[$1]) }
    }
  }
}
