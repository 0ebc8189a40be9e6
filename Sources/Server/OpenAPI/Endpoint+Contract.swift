extension Endpoint {
  /// What it takes and answers. There is no endpoint without.
  var contract: Contract {
    switch self {
    case .home: .home
    case .ping: .ping
    case .index: .index
    case .openAPI: .openAPI
    case .reference: .reference
    case .health: .health
    case .ready: .ready
    case .metrics: .metrics
    case .races: .races
    case .race: .race
    case .laps: .laps
    case .pitLaps: .pitLaps
    case .autopsy: .autopsy
    case .teams: .teams
    case .team: .team
    case .blameHeatmap: .blameHeatmap
    case .heatmap: .heatmap
    case .startSimulation: .startSimulation
    case .simulation: .simulation
    case .review: .review
    case .decide: .decide
    case .advance: .advance
    case .finish: .finish
    case .abandon: .abandon
    case .fork: .fork
    case .optimal: .optimal
    case .leaderboard: .leaderboard
    case .leaderboardAround: .leaderboardAround
    case .auditUser: .auditUser
    case .auditSimulation: .auditSimulation
    case .receipt: .receipt
    case .history: .history
    case .logFacts: .logFacts
    case .logKey: .logKey
    case .checkpoint: .checkpoint
    case .tile: .tile
    case .inclusion: .inclusion
    case .consistency: .consistency
    case .cosign: .cosign
    case .guest: .guest
    case .me: .me
    case .eraseMe: .eraseMe
    }
  }

  /// Every code with which it may refuse, in the order of the codes.
  var problems: [ProblemCode] {
    if self == .ping { return [] }
    var codes: Set<ProblemCode> = [
      .malformedRequest, .unknownParameter, .unauthenticated, .tooManyRequests, .internalError, .overloaded,
      .databaseAway, .timedOut,
    ]
    if !contract.query.isEmpty || Self.routes.contains(where: { $0.endpoint == self && !$0.variables.isEmpty }) {
      codes.insert(.invalidValue)
    }
    if contract.body != nil {
      codes.formUnion([
        .malformedJSON, .unknownField, .missingField, .wrongType, .invalidValue, .tooLarge, .unsupportedMediaType,
        .slowRequest,
      ])
    }
    codes.formUnion(contract.problems)
    return ProblemCode.allCases.filter(codes.contains)
  }
}
