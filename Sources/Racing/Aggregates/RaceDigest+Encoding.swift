extension RaceDigest {
  /// The bytes that are stored.
  public func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    writer.integer(key.season)
    writer.integer(key.round)
    writer.text(recordDigest)
    writer.text(modelVersion)
    writer.flag(isWet)
    writer.integer(replicates)
    writer.list(drivers) { $0.write($1) }
    return writer.bytes
  }

  /// Reads the bytes again.
  /// - Throws: `malformedArtefact` with the place of the damage.
  public init(encoded bytes: [UInt8]) throws(ModelError) {
    var reader = BinaryReader(bytes)
    key = RaceKey(season: try reader.integer(as: Int16.self), round: try reader.integer(as: Int16.self))
    recordDigest = try reader.text()
    modelVersion = try reader.text()
    isWet = try reader.flag()
    replicates = try reader.integer(as: Int.self)
    drivers = try reader.list { (reader) throws(ModelError) in try reader.driver() }
    guard reader.isAtEnd else { throw reader.malformed("bytes follow the end") }
  }
}

extension BinaryWriter {
  fileprivate mutating func write(_ driver: RaceDigest.Driver) {
    text(driver.code.description)
    text(driver.team)
    text(driver.refusal ?? "")
    integer(driver.totalLoss)
    integer(driver.residual)
    list(driver.costs) { writer, cost in
      writer.integer(cost.milliseconds)
      writer.flag(cost.interval != nil)
      if let interval = cost.interval {
        writer.integer(interval.lowerBound)
        writer.integer(interval.upperBound)
      }
      writer.optional(cost.lost?.places)
      writer.integer(cost.lost?.points ?? 0)
    }
    integer(driver.decision)
    integer(driver.luck)
    list(driver.stops) { $0.integer($1) }
    flag(driver.calls != nil)
    if let calls = driver.calls { for count in [calls.inWindow, calls.early, calls.late] { integer(count) } }
    optional(driver.safetyCarRegret.map { Int($0) })
    integer(driver.teamPace)
  }
}

extension BinaryReader {
  fileprivate mutating func driver() throws(ModelError) -> RaceDigest.Driver {
    let name = try text()
    guard let code = DriverCode(name) else { throw malformed("\"\(name)\" is no driver's code") }
    var driver = RaceDigest.Driver(code: code, team: try text())
    let refusal = try text()
    driver.refusal = refusal.isEmpty ? nil : refusal
    driver.totalLoss = try integer()
    driver.residual = try integer()
    driver.costs = try list { (reader) throws(ModelError) in try reader.cost() }
    driver.decision = try integer()
    driver.luck = try integer()
    driver.stops = try list { (reader) throws(ModelError) in try reader.integer() }
    if try flag() {
      driver.calls = .init(
        inWindow: try integer(as: Int.self), early: try integer(as: Int.self), late: try integer(as: Int.self))
    }
    driver.safetyCarRegret = try optional().map { Int64($0) }
    driver.teamPace = try integer()
    return driver
  }

  private mutating func cost() throws(ModelError) -> RaceDigest.Cost {
    var cost = RaceDigest.Cost(milliseconds: try integer())
    if try flag() {
      let (low, high) = (try integer(), try integer())
      guard low <= high else { throw malformed("an interval ends before it begins") }
      cost.interval = low...high
    }
    let places = try optional()
    let points = try integer(as: Int.self)
    cost.lost = places.map { PlacesLost(places: $0, points: points) }
    return cost
  }
}
