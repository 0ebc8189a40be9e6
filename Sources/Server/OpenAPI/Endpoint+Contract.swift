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
    case .heatmapRuns: .heatmapRuns
    case .startSimulation: .startSimulation
    case .simulation: .simulation
    case .raceSoFar: .raceSoFar
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
    case .rules: .rules
    case .decideRules: .decideRules
    case .quarantine: .quarantine
    case .startReplay: .startReplay
    case .replay: .replay
    case .disagreements: .disagreements
    case .importRace: .importRace
    case .job: .job
    case .cancelJob: .cancelJob
    case .player: .player
    case .stats: .stats
    case .report: .report
    case .guest: .guest
    case .register: .register
    case .logIn: .logIn
    case .refresh: .refresh
    case .logOut: .logOut
    case .me: .me
    case .changeEmail: .changeEmail
    case .changePassword: .changePassword
    case .sessions: .sessions
    case .endSession: .endSession
    case .export: .export
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
    if access == .pro { codes.insert(.proOnly) }
    if access == .operators { codes.insert(.forbidden) }
    // Whoever is signed in by a cookie may write from our own page only.
    if Self.routes.contains(where: { $0.endpoint == self && $0.method != "GET" }) { codes.insert(.foreignOrigin) }
    // A replica takes no writes, and cannot keep what has to be computed first.
    codes.insert(.readOnly)
    codes.formUnion(contract.problems)
    return ProblemCode.allCases.filter(codes.contains)
  }
}
