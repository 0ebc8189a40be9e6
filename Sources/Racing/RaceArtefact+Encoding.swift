/// The stored form of an artefact. Its bytes are canonical: equal artefacts have equal bytes, and `hash` is theirs.
extension RaceArtefact {
  /// The first format has no shares of a stop's loss under flags. It is still what an artefact with those shares is written
  /// in, so that one artefact has one hash.
  private static let signatures = (first: Array("BLAME-ARTEFACT-1".utf8), second: Array("BLAME-ARTEFACT-2".utf8))

  /// The canonical bytes: compact, self-delimiting, independent of platform. O(cells of the pace tables).
  public func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    let isFirst = pitLoss.shares == .unwritten
    writer.raw(isFirst ? Self.signatures.first : Self.signatures.second)
    writer.integer(key.season)
    writer.integer(key.round)
    writer.text(modelVersion)
    writer.text(recordDigest)
    writer.integer(lapCount)
    writer.flag(isWet)
    writer.flag(isSynthetic)
    writer.list(compounds) { $0.integer($1.rawValue) }
    writer.list(stintCaps) { $0.integer($1) }
    writer.integer(rules.minimumDryCompounds)
    writer.integer(rules.minimumStops)
    writer.optional(rules.maximumStintLaps)
    writer.list(cars) { $1.write(to: &$0) }
    writer.list(laps) { $1.write(to: &$0) }
    pitLoss.write(to: &writer, withShares: !isFirst)
    follow.write(to: &writer)
    PaceTable.write(paces, to: &writer)
    writer.list(parameters) { $1.write(to: &$0) }
    return writer.bytes
  }

  /// The artefact with those canonical bytes. O(cells of the pace tables).
  /// - Throws: `ModelError.malformedArtefact` with the first byte that cannot be understood.
  public init(encoded bytes: [UInt8]) throws(ModelError) {
    var reader = BinaryReader(bytes)
    let signature = try reader.raw()
    let isSecond = signature == Self.signatures.second
    guard isSecond || signature == Self.signatures.first else {
      throw reader.malformed("this is no race artefact of version 1 or 2")
    }
    let season = try reader.integer(as: Int16.self)
    let round = try reader.integer(as: Int16.self)
    self.init(
      key: RaceKey(season: season, round: round),
      modelVersion: try reader.text(), recordDigest: try reader.text(), lapCount: try reader.integer(as: Int.self),
      isWet: try reader.flag(), isSynthetic: try reader.flag(),
      compounds: try reader.list { (reader) throws(ModelError) in try reader.compound() },
      stintCaps: try reader.list { (reader) throws(ModelError) in try reader.integer(as: Int.self) },
      rules: RaceRules(
        minimumDryCompounds: try reader.integer(as: Int.self), minimumStops: try reader.integer(as: Int.self),
        maximumStintLaps: try reader.optional()),
      cars: try reader.list { (reader) throws(ModelError) in try Car(from: &reader) },
      laps: try reader.list { (reader) throws(ModelError) in try FieldLap(from: &reader) },
      pitLoss: try PitLoss(from: &reader, withShares: isSecond), follow: try FollowMap(from: &reader),
      paces: try PaceTable.read(from: &reader),
      parameters: try reader.list { (reader) throws(ModelError) in try Parameter(from: &reader) },
      hash: Self.hash(ofCanonicalBytes: bytes))
    guard reader.isAtEnd else { throw reader.malformed("bytes follow the end") }
    guard !isSecond || pitLoss.shares != .unwritten else { throw reader.malformed("this is not its canonical form") }
    guard cars.count == paces.count, laps.count == lapCount + 1, stintCaps.count == compounds.count,
      cars.allSatisfy({ $0.elapsed.count == lapCount + 1 })
    else {
      throw reader.malformed("parallel lists differ in length")
    }
  }
}

extension RaceArtefact.Car {
  func write(to writer: inout BinaryWriter) {
    writer.integer(code.packed)
    writer.text(team)
    writer.integer(lastLap)
    writer.optional(position)
    writer.flag(isFinisher)
    var previous: Int64 = 0
    writer.list(elapsed) { writer, time in
      writer.integer(time &- previous)
      previous = time
    }
    for lap in kinds.indices {
      writer.integer(Int(kinds[lap].rawValue) << 2 | (inLaps[lap] ? 2 : 0) | (outLaps[lap] ? 1 : 0))
    }
    writer.list(stints) { $1.write(to: &$0) }
    writer.flag(isPlayable)
    writer.optional(grid)
  }

  init(from reader: inout BinaryReader) throws(ModelError) {
    let code = try reader.driver()
    let team = try reader.text()
    let lastLap = try reader.integer(as: Int.self)
    let position = try reader.optional()
    let isFinisher = try reader.flag()
    var previous: Int64 = 0
    let elapsed = try reader.list { (reader) throws(ModelError) in
      previous &+= try reader.integer()
      return previous
    }
    var kinds: [LapKind] = []
    var inLaps: [Bool] = []
    var outLaps: [Bool] = []
    for _ in elapsed {
      let packed = try reader.integer(as: UInt8.self)
      guard let kind = LapKind(rawValue: packed >> 2) else { throw reader.malformed("\(packed >> 2) is no lap kind") }
      kinds.append(kind)
      inLaps.append(packed & 2 != 0)
      outLaps.append(packed & 1 != 0)
    }
    self.init(
      code: code, team: team, lastLap: lastLap, position: position, isFinisher: isFinisher, elapsed: elapsed,
      kinds: kinds, inLaps: inLaps, outLaps: outLaps,
      stints: try reader.list { (reader) throws(ModelError) in try RaceArtefact.Stint(from: &reader) },
      isPlayable: try reader.flag(), grid: try reader.optional())
  }
}

extension RaceArtefact.Stint {
  func write(to writer: inout BinaryWriter) {
    writer.integer(compound.rawValue)
    writer.integer(firstLap)
    writer.integer(lastLap)
    writer.integer(ageAtStart)
    writer.flag(isFree)
  }

  init(from reader: inout BinaryReader) throws(ModelError) {
    self.init(
      compound: try reader.compound(), firstLap: try reader.integer(as: Int.self),
      lastLap: try reader.integer(as: Int.self), ageAtStart: try reader.integer(as: Int.self),
      isFree: try reader.flag())
  }
}
