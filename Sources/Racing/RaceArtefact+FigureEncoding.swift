extension RaceArtefact.FieldLap {
  func write(to writer: inout BinaryWriter) {
    writer.integer(paceMillionths)
    writer.integer(safetyCarMilliseconds)
    writer.integer(floorMilliseconds)
    writer.integer(medianDurationMilliseconds)
  }

  init(from reader: inout BinaryReader) throws(ModelError) {
    self.init(
      paceMillionths: try reader.integer(), safetyCarMilliseconds: try reader.integer(),
      floorMilliseconds: try reader.integer(), medianDurationMilliseconds: try reader.integer())
  }
}

extension RaceArtefact.PitLoss {
  func write(to writer: inout BinaryWriter, withShares: Bool) {
    writer.integer(inMilliseconds)
    writer.integer(outMilliseconds)
    writer.integer(laneBestMilliseconds)
    writer.integer(laneMedianMilliseconds)
    guard withShares else { return }
    writer.integer(shares.safetyCarPercent)
    writer.integer(shares.virtualSafetyCarPercent)
  }

  init(from reader: inout BinaryReader, withShares: Bool) throws(ModelError) {
    self.init(
      inMilliseconds: try reader.integer(), outMilliseconds: try reader.integer(),
      laneBestMilliseconds: try reader.integer(), laneMedianMilliseconds: try reader.integer(),
      shares: withShares
        ? Shares(safetyCarPercent: try reader.integer(), virtualSafetyCarPercent: try reader.integer()) : .unwritten)
  }
}

extension RaceArtefact.FollowMap {
  func write(to writer: inout BinaryWriter) {
    writer.integer(thetaMilliseconds)
    writer.list(knotDeltas) { $0.integer($1) }
    writer.list(knotGaps) { $0.integer($1) }
  }

  init(from reader: inout BinaryReader) throws(ModelError) {
    self.init(
      thetaMilliseconds: try reader.integer(),
      knotDeltas: try reader.list { (reader) throws(ModelError) in try reader.integer() },
      knotGaps: try reader.list { (reader) throws(ModelError) in try reader.integer() })
    guard knotDeltas.count == knotGaps.count else { throw reader.malformed("the follow map's knots are not pairs") }
  }
}

extension RaceArtefact.Parameter {
  func write(to writer: inout BinaryWriter) {
    writer.text(name)
    writer.integer(microseconds)
  }

  init(from reader: inout BinaryReader) throws(ModelError) {
    self.init(name: try reader.text(), microseconds: try reader.integer())
  }
}

extension BinaryReader {
  mutating func compound() throws(ModelError) -> Compound {
    let raw = try integer(as: UInt8.self)
    guard let compound = Compound(rawValue: raw) else { throw malformed("\(raw) is no compound") }
    return compound
  }

  mutating func driver() throws(ModelError) -> DriverCode {
    let packed = try integer(as: UInt32.self)
    let letters = [packed >> 16, packed >> 8, packed].map { UInt8(truncatingIfNeeded: $0) }
    guard packed < 1 << 24, let code = DriverCode(String(decoding: letters, as: UTF8.self)) else {
      throw malformed("\(packed) is no driver code")
    }
    return code
  }
}
