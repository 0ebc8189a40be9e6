/// Sums over users of one kind of contribution: what is needed to know how many users they amount to.
public struct CrowdTotals: Sendable, Equatable {
  /// Sum of the users' contributions, millionths.
  public internal(set) var total: Int64 = 0
  /// Sum of their squares.
  public internal(set) var squares: Int64 = 0
  /// Users who contribute anything.
  public internal(set) var users: Int64 = 0

  /// Kish's effective number of users: (Σw)²/Σw².
  public var effectiveUsers: Double {
    squares == 0 ? 0 : Double(total) * Double(total) / Double(squares)
  }

  mutating func shift(_ contribution: Int64, _ sign: Int64) {
    guard contribution != 0 else { return }
    total += sign * contribution
    squares += sign * contribution * contribution
    users += sign
  }
}

/// Everything the runs at one circuit in one year add up to. Whole numbers: the same for any order of the runs.
public struct CrowdSums: Sendable, Equatable {
  static let lapsMax = 256
  static let compounds = 5

  /// Sums by stop slot and lap, millionths.
  private(set) var laps = [Int64](repeating: 0, count: StopSlot.count * lapsMax)
  private(set) var tyres = [Int64](repeating: 0, count: StopSlot.count * compounds)
  /// Sums by number of stops, 0...4.
  public private(set) var plans = [Int64](repeating: 0, count: StopSlot.stopCountMax + 1)
  /// Sum of weight·gain of undercuts, millionths·ms.
  public private(set) var gain: Int64 = 0
  /// Sum of weight·gain²/1000.
  public private(set) var gainSquares: Int64 = 0
  private(set) var groups = [CrowdTotals](repeating: CrowdTotals(), count: ShareKey.groupCount)
  /// Accepted runs by number of stops, 0...4 and more.
  public private(set) var acceptedRuns = [Int64](repeating: 0, count: StopSlot.stopCountMax + 2)
  /// Users with accepted runs.
  public private(set) var users: Int64 = 0

  init() {}

  /// Sums by lap of a stop, from lap 0.
  public func laps(of slot: StopSlot) -> ArraySlice<Int64> {
    laps[(slot.index * Self.lapsMax)..<((slot.index + 1) * Self.lapsMax)]
  }

  /// Sums by compound fitted at a stop, by raw value.
  public func tyres(of slot: StopSlot) -> [Int64] {
    Array(tyres[(slot.index * Self.compounds)..<((slot.index + 1) * Self.compounds)])
  }

  /// Totals over users of a stop.
  public func totals(of slot: StopSlot) -> CrowdTotals { groups[slot.index] }

  /// Totals over users of how often they stop.
  public var planTotals: CrowdTotals { groups[ShareKey.planGroup] }

  /// Totals over users of undercuts tried.
  public var undercutTotals: CrowdTotals { groups[ShareKey.gainGroup] }

  mutating func add(_ value: Int64, at key: ShareKey) {
    switch key.kind {
    case .lap: laps[key.slot * Self.lapsMax + key.detail] += value
    case .tyre: tyres[key.slot * Self.compounds + key.detail] += value
    case .plan: plans[key.detail] += value
    case .gainWeight: break
    case .gain: gain += value
    case .gainSquares: gainSquares += value
    }
  }

  mutating func shift(group: Int, _ contribution: Int64, _ sign: Int64) { groups[group].shift(contribution, sign) }

  mutating func count(acceptedRuns change: Int64, stopCount: Int) {
    acceptedRuns[min(stopCount, StopSlot.stopCountMax + 1)] += change
  }

  mutating func count(users change: Int64) { users += change }

  /// Adds the sums of a year that lies `age` years back: its weights halved for each, its users and runs as they are.
  mutating func pool(_ other: CrowdSums, age: Int) {
    for index in laps.indices { laps[index] += other.laps[index] >> Int64(age) }
    for index in tyres.indices { tyres[index] += other.tyres[index] >> Int64(age) }
    for index in plans.indices { plans[index] += other.plans[index] >> Int64(age) }
    gain += other.gain >> Int64(age)
    gainSquares += other.gainSquares >> Int64(age)
    for index in groups.indices {
      groups[index].total += other.groups[index].total >> Int64(age)
      groups[index].squares += other.groups[index].squares >> Int64(2 * age)
      groups[index].users += other.groups[index].users
    }
    for index in acceptedRuns.indices { acceptedRuns[index] += other.acceptedRuns[index] }
    users += other.users
  }
}

extension CrowdSums {
  func write(to sink: inout some StateSink) {
    sink.write(laps)
    sink.write(tyres)
    sink.write(plans)
    sink.write([gain, gainSquares, users])
    sink.write(groups.flatMap { [$0.total, $0.squares, $0.users] })
    sink.write(acceptedRuns)
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    self.init()
    let shape = (laps.count, tyres.count, plans.count, acceptedRuns.count)
    laps = try source.integers()
    tyres = try source.integers()
    plans = try source.integers()
    let singles = try source.integers()
    let totals = try source.integers()
    acceptedRuns = try source.integers()
    guard (laps.count, tyres.count, plans.count, acceptedRuns.count) == shape, singles.count == 3,
      totals.count == 3 * ShareKey.groupCount
    else { throw .damaged }
    (gain, gainSquares, users) = (singles[0], singles[1], singles[2])
    for group in groups.indices {
      groups[group] = CrowdTotals(
        total: totals[3 * group], squares: totals[3 * group + 1], users: totals[3 * group + 2])
    }
  }
}
