internal import Racing

extension Event {
  /// Reads canonical data, such as a column of a row, without copying it first.
  ///
  /// Strict about everything it knows: keys in order, canonical numbers, known words. Keys it does not know may follow
  /// at the end, because a newer program may have added them.
  /// - Throws: `EventDecodingError` with the type, the key and the byte.
  /// - Complexity: O(length); allocates only for strings and for the list of stops.
  public init(type: EventType, data: UnsafeRawBufferPointer) throws(EventDecodingError) {
    var scanner = try DataScanner(data, type: type)
    switch type {
    case .userRegistered: self = .userRegistered(UserRegistered(kind: try scanner.word("kind")))
    case .guestRegistered: self = .guestRegistered(GuestRegistered())
    case .userErased: self = .userErased(UserErased())
    case .proGranted: self = .proGranted(ProGranted())
    case .proRevoked: self = .proRevoked(ProRevoked())
    case .operatorGranted: self = .operatorGranted(OperatorGranted())
    case .operatorRevoked: self = .operatorRevoked(OperatorRevoked())
    case .rankingRevoked: self = .rankingRevoked(RankingRevoked())
    case .rankingGranted: self = .rankingGranted(RankingGranted())
    case .raceImported: self = .raceImported(try RaceImported(from: &scanner))
    case .autopsyComputed: self = .autopsyComputed(try AutopsyComputed(from: &scanner))
    case .simulationStarted: self = .simulationStarted(try SimulationStarted(from: &scanner))
    case .decisionMade: self = .decisionMade(try DecisionMade(from: &scanner))
    case .simulationAdvanced: self = .simulationAdvanced(SimulationAdvanced(lap: try scanner.int("lap")))
    case .simulationFinished: self = .simulationFinished(try SimulationFinished(from: &scanner))
    case .simulationAbandoned: self = .simulationAbandoned(SimulationAbandoned(lap: try scanner.int("lap")))
    case .scoringRulesProposed: self = .scoringRulesProposed(try ScoringRules(from: &scanner))
    case .scoringRulesChanged: self = .scoringRulesChanged(try ScoringRules(from: &scanner))
    case .eventQuarantined:
      self = .eventQuarantined(
        EventQuarantined(
          position: Position(rawValue: try scanner.int64("position")), reason: try scanner.string("reason")))
    }
    try scanner.end()
  }

  /// Reads canonical data of a type given by the bytes of its name, such as two columns of a row.
  ///
  /// - Throws: `EventDecodingError`; `unknownType` when the name is not known.
  public init(typeName: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer) throws(EventDecodingError) {
    guard let type = EventType(nameBytes: typeName) else {
      let name = String(decoding: typeName.prefix(64), as: UTF8.self)
      throw EventDecodingError(.unknownType(name), type: nil, key: "", offset: 0)
    }
    try self.init(type: type, data: data)
  }

  /// Reads canonical data.
  ///
  /// - Throws: `EventDecodingError` with the type, the key and the byte.
  public init(type: EventType, data: [UInt8]) throws(EventDecodingError) {
    self = try data.withUnsafeBufferPointer { (bytes) throws(EventDecodingError) in
      try Event(type: type, data: UnsafeRawBufferPointer(bytes))
    }
  }
}

extension ScoringRules {
  fileprivate init(from scanner: inout DataScanner) throws(EventDecodingError) {
    self.init(name: try scanner.string("name"), document: try scanner.string("document"))
  }
}

extension RaceImported {
  fileprivate init(from scanner: inout DataScanner) throws(EventDecodingError) {
    self.init(
      race: RaceKey(season: try scanner.int("season"), round: try scanner.int("round")),
      slug: try scanner.string("slug"), circuit: try scanner.string("circuit"), laps: try scanner.int("laps"),
      source: try scanner.string("source"), digest: try scanner.string("digest"),
      isSynthetic: try scanner.bool("synthetic"))
  }
}

extension AutopsyComputed {
  fileprivate init(from scanner: inout DataScanner) throws(EventDecodingError) {
    self.init(
      race: RaceKey(season: try scanner.int("season"), round: try scanner.int("round")),
      driver: try scanner.driver("driver"), record: try scanner.string("record"), model: try scanner.string("model"),
      answer: try scanner.string("answer"), totalLoss: try scanner.int64("totalLoss"))
  }
}

extension SimulationStarted {
  fileprivate init(from scanner: inout DataScanner) throws(EventDecodingError) {
    self.init(
      race: RaceKey(season: try scanner.int("season"), round: try scanner.int("round")),
      driver: try scanner.driver("driver"), startLap: try scanner.int("startLap"),
      startCompound: try scanner.optionalWord("startCompound"), mode: try scanner.word("mode"),
      isRanked: try scanner.bool("ranked"), isWholePlan: try scanner.bool("wholePlan"),
      forkOf: try scanner.optionalIdentifier("forkOf"), optimum: try scanner.int64("optimum"),
      model: try scanner.string("model"), artefact: try scanner.string("artefact"),
      offersPace: scanner.skipKey("offersPace") && scanner.skip("true"))
  }
}

extension DecisionMade {
  fileprivate init(from scanner: inout DataScanner) throws(EventDecodingError) {
    self.init(
      lap: try scanner.int("lap"), kind: try scanner.word("kind"), compound: try scanner.optionalWord("compound"),
      pace: try scanner.optionalWord("pace"), regret: try scanner.int64("regret"),
      isOptimal: try scanner.bool("optimal"), elapsed: try scanner.int64("elapsed"))
  }
}

extension SimulationFinished {
  fileprivate init(from scanner: inout DataScanner) throws(EventDecodingError) {
    self.init(
      pitTiming: try scanner.int("pitTiming"), tyreEfficiency: try scanner.int("tyreEfficiency"),
      safetyCarReaction: try scanner.optionalInt("safetyCarReaction"), raceOutcome: try scanner.int("raceOutcome"),
      iq: try scanner.int("iq"), total: try scanner.int64("total"), toOptimum: try scanner.int64("toOptimum"),
      toReal: try scanner.int64("toReal"), place: try scanner.int("place"), attempt: try scanner.int("attempt"),
      isRanked: try scanner.bool("ranked"), startCompound: try scanner.word("startCompound"), stops: [],
      stopCount: try scanner.int("stopCount"), undercutGain: nil, plan: 0)
    guard stopCount >= 0 else { throw scanner.failure(.outOfRange, "stopCount") }
    stops = try scanner.stops(min(Int(stopCount), Self.storedStopsMax))
    undercutGain = try scanner.optionalInt("undercutGain")
    plan = try scanner.hash64("plan")
  }
}

extension DataScanner {
  fileprivate mutating func stops(_ count: Int) throws(EventDecodingError) -> [SimulationFinished.Stop] {
    var stops: [SimulationFinished.Stop] = []
    stops.reserveCapacity(count)
    if count > 0 { stops.append(.init(lap: try int("stop1"), compound: try word("tyre1"))) }
    if count > 1 { stops.append(.init(lap: try int("stop2"), compound: try word("tyre2"))) }
    if count > 2 { stops.append(.init(lap: try int("stop3"), compound: try word("tyre3"))) }
    if count > 3 { stops.append(.init(lap: try int("stop4"), compound: try word("tyre4"))) }
    return stops
  }
}
