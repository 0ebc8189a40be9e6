extension Endpoint {
  /// Who may use an endpoint.
  package enum Access: Sendable {
    /// Also without a token.
    case everyone
    /// With the token of any account, guests included.
    case accounts
    /// With the token of an account that has Pro; whoever else asks is shown a preview.
    case pro
    /// With the token of an operator.
    case operators
  }

  /// Who may ask. This is the whole table of rights; what belongs to whom is for the deciders.
  package var access: Access {
    switch self {
    case .home, .ping, .index, .openAPI, .reference, .health, .ready, .metrics, .races, .race, .laps, .pitLaps,
      .disagreements, .job, .autopsy, .teams, .team,
      .blameHeatmap, .heatmap, .heatmapRuns, .optimal, .leaderboard, .leaderboardAround, .auditUser, .auditSimulation,
      .receipt, .history, .logFacts, .logKey, .checkpoint, .tile, .inclusion, .consistency, .cosign, .guest, .register,
      .logIn, .refresh, .logOut, .player, .stats, .rules:
      .everyone
    case .startSimulation, .simulation, .raceSoFar, .review, .decide, .advance, .finish, .abandon, .fork, .me, .eraseMe,
      .changeEmail, .changePassword, .sessions, .endSession, .export:
      .accounts
    case .report: .pro
    case .importRace, .cancelJob, .decideRules, .quarantine, .startReplay, .replay: .operators
    }
  }
}

extension Endpoint.Access {
  /// How much somebody gets.
  enum Extent: Sendable {
    /// All of it.
    case whole
    /// What everybody may see of it.
    case preview
  }

  /// How much an account gets; nobody is an account that may do nothing.
  /// - Throws: ``ProblemCode/unauthenticated``, ``ProblemCode/forbidden``.
  func extent(for account: Account?) throws(Problem) -> Extent {
    switch self {
    case .everyone: return .whole
    case .accounts:
      guard account != nil else { throw .tokenMissing }
      return .whole
    case .pro: return account?.isPro == true ? .whole : .preview
    case .operators:
      guard let account else { throw .tokenMissing }
      guard account.isOperator else { throw Problem(.forbidden, "This is for operators of the server.") }
      return .whole
    }
  }
}
