/// Which rows have changed since somebody last asked. Bounded: beyond that the answer is "everything".
struct ChangeTracker: Sendable {
  static let rowsMax = 65_536

  private(set) var isEverything = false
  private(set) var runs: Set<UInt32> = []
  private(set) var races: Set<UInt16> = []
  private(set) var rows: Set<Row> = []
  private(set) var erased: [UInt32] = []
  /// Players whose caps, and so all their windows, have changed.
  private(set) var sharers: Set<UInt32> = []
  private var lastRun = Link.none

  struct Row: Sendable, Hashable {
    let board: Boards.Key
    let player: UInt32
  }

  init() {}

  /// Everything has changed.
  static var everything: ChangeTracker {
    var tracker = ChangeTracker()
    tracker.isEverything = true
    return tracker
  }

  mutating func touch(run: UInt32) {
    if isEverything || lastRun == Link(run) { return }
    lastRun = Link(run)
    runs.insert(run)
    check(runs.count)
  }

  mutating func touch(race: UInt16) {
    if !isEverything { races.insert(race) }
  }

  mutating func touch(sharesOf player: UInt32) {
    if isEverything { return }
    sharers.insert(player)
    check(sharers.count)
  }

  mutating func touch(player: UInt32, on board: Boards.Key) {
    if isEverything { return }
    rows.insert(Row(board: board, player: player))
    check(rows.count)
  }

  mutating func touch(erased player: UInt32) {
    if isEverything { return }
    erased.append(player)
    check(erased.count)
  }

  private mutating func check(_ count: Int) {
    guard count > Self.rowsMax else { return }
    self = .everything
  }
}
