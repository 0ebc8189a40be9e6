internal import Racing

/// What a user contributes to one circuit and year. No padding.
struct ShareRow: BitwiseCopyable, Sendable {
  var player: UInt32
  var cell: UInt32
  var nextOfPlayer = Link.none
  var firstNumber = Link.none
  /// Accepted runs.
  var runs: UInt32 = 0
}

/// One number of a user's contribution before the cap. No padding.
struct NumberRow: BitwiseCopyable, Sendable {
  var value: Int64
  var next: Link
  var key: ShareKey
  var spare: UInt16 = 0
}

/// Users' contributions and their capped sums by circuit and year.
///
/// A sum is a pure function of every user's own numbers and cap: an update takes the user's old contribution out and puts
/// the new one in, so that order never shows.
struct CrowdTable: Sendable {
  private(set) var cells: [CrowdSums] = []
  private var shares = OrdinalTable<PairKey>()
  private var rows = Column<ShareRow>()
  private var numbers = Column<NumberRow>()

  init() {}

  /// Bytes that the other table does not hold as well.
  func bytes(notSharedWith other: CrowdTable) -> Int {
    shares.bytes(notSharedWith: other.shares) + rows.bytes(notSharedWith: other.rows)
      + numbers.bytes(notSharedWith: other.numbers)
  }

  /// A new circuit and year.
  mutating func addCell() -> Int32 {
    cells.append(CrowdSums())
    return Int32(cells.count - 1)
  }

  /// The user's contribution to a cell; a new one is linked in front of `first`.
  mutating func share(of player: UInt32, in cell: Int32, first: inout Link) -> UInt32 {
    let (ordinal, isNew) = shares.insert(PairKey(player, UInt32(cell)))
    if isNew {
      rows.append(ShareRow(player: player, cell: UInt32(cell), nextOfPlayer: first))
      first = Link(ordinal)
    }
    return ordinal
  }

  /// Counts an accepted run more or less.
  mutating func count(_ change: Int64, runsOf share: UInt32, stopCount: Int) {
    let cell = Int(rows[share].cell)
    let before = rows[share].runs
    rows[share].runs = UInt32(Int64(before) + change)
    cells[cell].count(acceptedRuns: change, stopCount: stopCount)
    if before == 0 || rows[share].runs == 0 { cells[cell].count(users: change) }
  }

  /// Changes the weight of one of the user's runs.
  mutating func change(_ share: UInt32, _ run: RunShare, weightBy delta: Int64, cap: Int64) {
    shift(share, cap: cap, sign: -1)
    run.forEach(weight: delta) { key, value in add(value, at: key, to: share) }
    shift(share, cap: cap, sign: 1)
  }

  /// Changes the cap of everything a user contributes.
  mutating func recap(from first: Link, old: Int64, new: Int64) {
    guard old != new else { return }
    var link = first
    while let share = link.ordinal {
      shift(share, cap: old, sign: -1)
      shift(share, cap: new, sign: 1)
      link = rows[share].nextOfPlayer
    }
  }

  /// Ordinals of the cells a user contributes to.
  func cells(from first: Link) -> [Int32] {
    var cells: [Int32] = []
    var link = first
    while let share = link.ordinal {
      cells.append(Int32(rows[share].cell))
      link = rows[share].nextOfPlayer
    }
    return cells
  }

  private mutating func add(_ value: Int64, at key: ShareKey, to share: UInt32) {
    var link = rows[share].firstNumber
    while let ordinal = link.ordinal {
      if numbers[ordinal].key == key {
        numbers[ordinal].value += value
        return
      }
      link = numbers[ordinal].next
    }
    rows[share].firstNumber = Link(numbers.append(NumberRow(value: value, next: rows[share].firstNumber, key: key)))
  }

  /// Puts the user's capped contribution into the sums, or takes it out.
  private mutating func shift(_ share: UInt32, cap: Int64, sign: Int64) {
    let (first, cell) = (rows[share].firstNumber, Int(rows[share].cell))
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2 * ShareKey.groupCount) { buffer in
      buffer.initialize(repeating: 0)
      let (own, capped) = (buffer[..<ShareKey.groupCount], ShareKey.groupCount)
      var link = first
      while let ordinal = link.ordinal {
        let number = numbers[ordinal]
        if number.key.isMeasure { buffer[number.key.group] += number.value }
        link = number.next
      }
      link = first
      while let ordinal = link.ordinal {
        let number = numbers[ordinal]
        let value = Self.capped(number.value, total: own[number.key.group], cap: cap)
        if number.key.isMeasure { buffer[capped + number.key.group] += value }
        if value != 0 { cells[cell].add(sign * value, at: number.key) }
        link = number.next
      }
      for group in 0..<ShareKey.groupCount { cells[cell].shift(group: group, buffer[capped + group], sign) }
    }
  }

  private static func capped(_ value: Int64, total: Int64, cap: Int64) -> Int64 {
    guard total > cap else { return value }
    let product = Int128(value) * Int128(cap)
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int128(total))
    return Int64(remainder < 0 ? quotient - 1 : quotient)
  }
}

extension CrowdTable {
  func write(to sink: inout some StateSink) {
    sink.write(UInt64(cells.count))
    for cell in cells { cell.write(to: &sink) }
    shares.write(to: &sink)
    rows.write(to: &sink)
    numbers.write(to: &sink)
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    for _ in 0..<(try source.count(ofSize: 48)) { cells.append(try CrowdSums(from: &source)) }
    shares = try OrdinalTable(from: &source)
    rows = try Column(from: &source)
    numbers = try Column(from: &source)
    guard rows.count == shares.count else { throw .damaged }
  }
}
