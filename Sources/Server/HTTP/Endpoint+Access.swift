extension Endpoint {
  /// Who may use an endpoint.
  package enum Access: Sendable {
    /// Also without a token.
    case everyone
    /// With the token of any account, guests included.
    case accounts
    /// With the token of an account that has Pro.
    case pro
    /// With the token of an operator.
    case operators
  }

  /// Who may ask. This is the whole table of rights; what belongs to whom is for the deciders.
  package var access: Access {
    switch self {
    case .home, .ping, .index, .health, .ready, .metrics, .races, .race, .laps, .pitLaps, .autopsy, .disagreements, .job,
      .teams, .team, .blameHeatmap, .heatmap, .heatmapRuns, .optimal, .leaderboard, .leaderboardAround, .auditUser,
      .auditSimulation, .receipt,
      .history, .logFacts, .logKey, .checkpoint, .tile, .inclusion, .consistency, .cosign, .guest, .register, .logIn,
      .refresh, .logOut, .rules:
      .everyone
    case .startSimulation, .simulation, .raceSoFar, .review, .decide, .advance, .finish, .abandon, .fork, .me, .eraseMe,
      .changeEmail, .changePassword, .sessions, .endSession, .export:
      .accounts
    case .importRace, .cancelJob, .decideRules, .quarantine, .startReplay, .replay: .operators
    }
  }
}

extension Endpoint.Access {
  /// Refuses whoever may not.
  /// - Throws: ``ProblemCode/unauthenticated``, ``ProblemCode/proOnly``, ``ProblemCode/forbidden``.
  func require(_ account: Account?) throws(Problem) {
    if self == .everyone { return }
    guard let account else { throw .tokenMissing }
    switch self {
    case .everyone, .accounts: return
    case .pro: guard account.isPro else { throw Problem(.proOnly, "This is for accounts with Pro.") }
    case .operators:
      guard account.isOperator else { throw Problem(.forbidden, "This is for operators of the server.") }
    }
  }
}
