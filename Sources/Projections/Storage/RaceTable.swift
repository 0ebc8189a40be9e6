internal import Events
internal import Racing

/// Races, circuits and drivers by small ordinals, in order of first appearance.
struct RaceTable: Sendable {
  /// What is known of a race.
  struct Race: Sendable, Equatable {
    let key: RaceKey
    /// Ordinal of the circuit; -1 as long as the race has not been imported.
    var circuit: Int32 = -1
    /// Where its runs count for windows.
    var cell: Int32
    /// Runs that reached the flag, of accounts that are there.
    var finishedRuns: Int64 = 0
  }

  private(set) var circuits: [String] = []
  private(set) var races: [Race] = []
  private(set) var drivers: [DriverCode] = []
  private var circuitOrdinals: [String: Int32] = [:]
  private var raceOrdinals: [RaceKey: UInt16] = [:]
  private var driverOrdinals: [DriverCode: UInt16] = [:]
  private var lastDriver: (code: DriverCode, ordinal: UInt16)?
  private var lastRace: (key: RaceKey, ordinal: UInt16)?

  init() {}

  subscript(race: UInt16) -> Race {
    get { races[Int(race)] }
    set { races[Int(race)] = newValue }
  }

  func ordinal(of key: RaceKey) -> UInt16? { raceOrdinals[key] }

  func circuitOrdinal(of circuit: String) -> Int32? { circuitOrdinals[circuit] }

  /// The ordinal of a race that is known; remembers the last one, because the same race comes again and again.
  mutating func find(_ key: RaceKey) -> UInt16? {
    if let lastRace, lastRace.key == key { return lastRace.ordinal }
    guard let ordinal = raceOrdinals[key] else { return nil }
    lastRace = (key, ordinal)
    return ordinal
  }

  /// Gives a new race an ordinal.
  mutating func add(_ race: Race) throws(PoisonReason) -> UInt16 {
    let ordinal: UInt16 = try narrow(races.count, "races")
    raceOrdinals[race.key] = ordinal
    races.append(race)
    return ordinal
  }

  mutating func insert(circuit: String) -> Int32 {
    if let known = circuitOrdinals[circuit] { return known }
    let ordinal = Int32(circuits.count)
    circuits.append(circuit)
    circuitOrdinals[circuit] = ordinal
    return ordinal
  }

  mutating func insert(_ driver: DriverCode) throws(PoisonReason) -> UInt16 {
    if let lastDriver, lastDriver.code == driver { return lastDriver.ordinal }
    let ordinal: UInt16
    if let known = driverOrdinals[driver] {
      ordinal = known
    } else {
      ordinal = try narrow(drivers.count, "drivers")
      drivers.append(driver)
      driverOrdinals[driver] = ordinal
    }
    lastDriver = (driver, ordinal)
    return ordinal
  }
}

extension RaceTable {
  func write(to sink: inout some StateSink) {
    sink.write(UInt64(circuits.count))
    for circuit in circuits { sink.write(circuit) }
    sink.write(UInt64(races.count))
    for race in races {
      sink.write(race.key.season)
      sink.write(race.key.round)
      sink.write(race.circuit)
      sink.write(race.cell)
      sink.write(race.finishedRuns)
    }
    sink.write(UInt64(drivers.count))
    for driver in drivers { sink.write(driver.packed) }
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    for _ in 0..<(try source.count(ofSize: 8)) { _ = insert(circuit: try source.text()) }
    for _ in 0..<(try source.count(ofSize: 20)) {
      let key = RaceKey(season: try source.integer(), round: try source.integer())
      var race = Race(key: key, circuit: try source.integer(), cell: try source.integer())
      race.finishedRuns = try source.integer()
      raceOrdinals[key] = UInt16(races.count)
      races.append(race)
    }
    for _ in 0..<(try source.count(ofSize: 4)) {
      let packed: UInt32 = try source.integer()
      let code = DriverCode(
        uncheckedBytes: UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
        UInt8(truncatingIfNeeded: packed))
      driverOrdinals[code] = UInt16(drivers.count)
      drivers.append(code)
    }
  }
}
