internal import Events
internal import Racing

/// Races, circuits and drivers by dense ordinals. There are hundreds, not millions.
struct RaceShelf: Sendable {
  /// What is known of a race.
  struct Race: Sendable, Equatable {
    var key: RaceKey
    /// Ordinal of the circuit; -1 while the race has not been imported.
    var circuit: Int32
    var laps: Int32
    var isSynthetic: Bool
  }

  private(set) var races: [Race] = []
  private(set) var circuits: [String] = []
  private(set) var drivers: [DriverCode] = []

  init() {}

  /// The ordinal of a race that is known. O(races), newest first: runs are mostly of recent races.
  func ordinal(of key: RaceKey) -> UInt16? { races.lastIndex { $0.key == key }.map(UInt16.init) }

  /// The ordinal of a race, given to it now if it is new.
  mutating func insert(_ key: RaceKey) throws(PoisonReason) -> UInt16 {
    if let known = ordinal(of: key) { return known }
    let ordinal: UInt16 = try narrow(races.count, "races")
    races.append(Race(key: key, circuit: -1, laps: 0, isSynthetic: false))
    return ordinal
  }

  /// Takes in what an import tells of a race.
  mutating func note(_ event: RaceImported) throws(PoisonReason) {
    let race = Int(try insert(event.race))
    if races[race].circuit < 0 { races[race].circuit = Int32(circuit(event.circuit)) }
    races[race].laps = event.laps
    races[race].isSynthetic = event.isSynthetic
  }

  /// The ordinal of a driver, given now if new.
  mutating func insert(_ driver: DriverCode) throws(PoisonReason) -> UInt16 {
    if let known = drivers.firstIndex(of: driver) { return UInt16(known) }
    let ordinal: UInt16 = try narrow(drivers.count, "drivers")
    drivers.append(driver)
    return ordinal
  }

  private mutating func circuit(_ name: String) -> Int {
    if let known = circuits.firstIndex(of: name) { return known }
    circuits.append(name)
    return circuits.count - 1
  }

  func write(to sink: inout some StateSink) {
    sink.write(UInt64(circuits.count))
    for circuit in circuits { sink.write(circuit) }
    sink.write(drivers.map { Int64($0.packed) })
    sink.write(UInt64(races.count))
    for race in races {
      sink.write(race.key.season)
      sink.write(race.key.round)
      sink.write(race.circuit)
      sink.write(race.laps)
      sink.write(UInt8(race.isSynthetic ? 1 : 0))
    }
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    for _ in 0..<(try source.count(ofSize: 8)) { circuits.append(try source.text()) }
    for packed in try source.integers() {
      drivers.append(
        DriverCode(
          uncheckedBytes: UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
          UInt8(truncatingIfNeeded: packed)))
    }
    for _ in 0..<(try source.count(ofSize: 13)) {
      races.append(
        Race(
          key: RaceKey(season: try source.integer(), round: try source.integer()), circuit: try source.integer(),
          laps: try source.integer(), isSynthetic: try source.integer(UInt8.self) != 0))
    }
  }
}
