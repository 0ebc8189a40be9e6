extension StopReference {
  /// The compact form for a database.
  public func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    writer.integer(lapCount)
    writer.list(stops) { writer, stop in
      writer.integer(stop.stopCount)
      writer.integer(stop.stop)
      writer.list(stop.regrets) { $0.integer($1 ?? -1) }
      writer.list(stop.tyreShares) { $0.integer($1) }
    }
    writer.list(undercuts) { $0.integer($1) }
    return writer.bytes
  }

  /// Reads the compact form.
  ///
  /// - Throws: `malformedArtefact` with the place.
  public init(encoded bytes: [UInt8]) throws(ModelError) {
    var reader = BinaryReader(bytes)
    lapCount = try reader.integer(as: Int.self)
    var stops: [Stop] = []
    for _ in 0..<(try reader.count()) {
      let (count, stop) = (try reader.integer(as: Int.self), try reader.integer(as: Int.self))
      let regrets = try Self.integers(&reader).map { $0 < 0 ? nil : $0 }
      stops.append(Stop(stopCount: count, stop: stop, regrets: regrets, tyreShares: try Self.integers(&reader)))
    }
    self.stops = stops
    undercuts = try Self.integers(&reader)
    guard reader.isAtEnd else { throw reader.malformed("bytes follow the end") }
  }

  private static func integers(_ reader: inout BinaryReader) throws(ModelError) -> [Int64] {
    var values: [Int64] = []
    for _ in 0..<(try reader.count()) { values.append(try reader.integer()) }
    return values
  }
}
