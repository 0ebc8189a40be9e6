internal import Events

/// Accepted runs with an equal plan on one race and driver in one slot of event time. No padding.
struct ClusterRow: BitwiseCopyable, Sendable {
  /// The newest run; each links to an older one.
  var first = Link.none
  /// Different users.
  var users: UInt32 = 0
  /// The members' weights wait for being derived again.
  var isDirty: UInt32 = 0
}

/// Clusters by what their runs have in common.
struct ClusterTable: Sendable {
  private var index = OrdinalTable<WideKey>()
  private var rows = Column<ClusterRow>()
  /// Clusters whose weights wait.
  private(set) var dirty: [UInt32] = []

  init() {}

  /// Bytes that the other table does not hold as well.
  func bytes(notSharedWith other: ClusterTable) -> Int {
    index.bytes(notSharedWith: other.index) + rows.bytes(notSharedWith: other.rows)
  }

  subscript(cluster: UInt32) -> ClusterRow {
    get { rows[cluster] }
    _modify { yield &rows[cluster] }
  }

  mutating func cluster(race: UInt16, driver: UInt16, slot: UInt32, plan: UInt64) -> UInt32 {
    let common = UInt64(race) << 48 | UInt64(driver) << 32 | UInt64(slot)
    let (ordinal, isNew) = index.insert(WideKey(high: common, low: plan))
    if isNew { rows.append(ClusterRow()) }
    return ordinal
  }

  mutating func mark(_ cluster: UInt32) {
    guard rows[cluster].isDirty == 0 else { return }
    rows[cluster].isDirty = 1
    dirty.append(cluster)
  }

  /// Takes out the clusters that wait.
  mutating func takeDirty() -> [UInt32] {
    defer { dirty = [] }
    for cluster in dirty { rows[cluster].isDirty = 0 }
    return dirty
  }

  func write(to sink: inout some StateSink) {
    index.write(to: &sink)
    rows.write(to: &sink)
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    index = try OrdinalTable(from: &source)
    rows = try Column(from: &source)
    guard rows.count == index.count else { throw .damaged }
  }
}
