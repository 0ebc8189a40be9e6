public import Events
internal import Racing

extension SplitMix64 {
  /// A whole number of a range.
  public mutating func number<Value: FixedWidthInteger>(_ range: ClosedRange<Value>) -> Value {
    Value.random(in: range, using: &self)
  }

  /// Any 128 bits.
  public mutating func identifier<ID: Identifier>(_ type: ID.Type = ID.self) -> ID { ID(high: next(), low: next()) }

  /// Text with everything in it that needs care: quotes, backslashes, control characters, other scripts.
  public mutating func text(_ lengthMax: Int = 20) -> String {
    let alphabet: [Character] = [
      "a", "Z", "0", "-", " ", "\"", "\\", "\n", "\t", "\u{0}", "\u{7f}", "é", "東", "🏁", "/",
    ]
    return String((0..<number(0...lengthMax)).map { _ in alphabet.randomElement(using: &self)! })
  }

  /// Nothing, as often as something.
  public mutating func maybe<Value>(_ value: (inout SplitMix64) -> Value) -> Value? {
    Bool.random(using: &self) ? value(&self) : nil
  }

  /// One of a closed set.
  public mutating func any<Value: CaseIterable>(_ type: Value.Type = Value.self) -> Value {
    Value.allCases.randomElement(using: &self)!
  }

  /// Any event of a type, with values from the whole range of each field.
  public mutating func event(_ type: EventType) -> Event {
    switch type {
    case .userRegistered: .userRegistered(UserRegistered(kind: any()))
    case .userErased: .userErased(UserErased())
    case .guestRegistered: .guestRegistered(GuestRegistered())
    case .operatorGranted: .operatorGranted(OperatorGranted())
    case .operatorRevoked: .operatorRevoked(OperatorRevoked())
    case .rankingRevoked: .rankingRevoked(RankingRevoked())
    case .rankingGranted: .rankingGranted(RankingGranted())
    case .proGranted: .proGranted(ProGranted())
    case .proRevoked: .proRevoked(ProRevoked())
    case .raceImported: .raceImported(raceImported())
    case .autopsyComputed: .autopsyComputed(autopsyComputed())
    case .simulationStarted: .simulationStarted(simulationStarted())
    case .decisionMade: .decisionMade(decisionMade())
    case .simulationAdvanced: .simulationAdvanced(SimulationAdvanced(lap: number(.min ... .max)))
    case .simulationFinished: .simulationFinished(simulationFinished())
    case .simulationAbandoned: .simulationAbandoned(SimulationAbandoned(lap: number(.min ... .max)))
    case .scoringRulesProposed: .scoringRulesProposed(ScoringRules(name: text(), document: text(200)))
    case .scoringRulesChanged: .scoringRulesChanged(ScoringRules(name: text(), document: text(200)))
    case .eventQuarantined:
      .eventQuarantined(EventQuarantined(position: Position(rawValue: number(.min ... .max)), reason: text(200)))
    }
  }

  private mutating func raceKey() -> RaceKey { RaceKey(season: number(.min ... .max), round: number(.min ... .max)) }

  private mutating func raceImported() -> RaceImported {
    RaceImported(
      race: raceKey(), slug: text(), circuit: text(), laps: number(.min ... .max), source: text(), digest: text(64),
      isSynthetic: .random(using: &self))
  }

  private mutating func autopsyComputed() -> AutopsyComputed {
    AutopsyComputed(
      race: raceKey(), driver: DriverCode("VER")!, record: text(64), model: text(64), answer: text(64),
      totalLoss: number(.min ... .max))
  }

  private mutating func simulationStarted() -> SimulationStarted {
    let code = String((0..<3).map { _ in "ABCXYZ0189".randomElement(using: &self)! })
    return SimulationStarted(
      race: raceKey(), driver: DriverCode(code)!, startLap: number(.min ... .max), startCompound: maybe { $0.any() },
      mode: any(), isRanked: .random(using: &self), isWholePlan: .random(using: &self),
      forkOf: maybe { $0.identifier() }, optimum: number(.min ... .max), model: text(16), artefact: text(16),
      offersPace: .random(using: &self))
  }

  private mutating func decisionMade() -> DecisionMade {
    DecisionMade(
      lap: number(.min ... .max), kind: any(), compound: maybe { $0.any() }, pace: maybe { $0.any() },
      regret: number(.min ... .max), isOptimal: .random(using: &self), elapsed: number(.min ... .max))
  }

  private mutating func simulationFinished() -> SimulationFinished {
    let stopCount = number(Int32(0)...6)
    return SimulationFinished(
      pitTiming: number(.min ... .max), tyreEfficiency: number(.min ... .max),
      safetyCarReaction: maybe { $0.number(.min ... .max) }, raceOutcome: number(.min ... .max),
      iq: number(.min ... .max), total: number(.min ... .max), toOptimum: number(.min ... .max),
      toReal: number(.min ... .max), place: number(.min ... .max), attempt: number(.min ... .max),
      isRanked: .random(using: &self), startCompound: any(),
      stops: (0..<min(4, stopCount)).map { _ in .init(lap: number(.min ... .max), compound: any()) },
      stopCount: stopCount, undercutGain: maybe { $0.number(.min ... .max) }, plan: next())
  }
}
