import EventStore
import Events

extension ServerParts {
  /// Everything that can be asked, answered from these parts.
  func api(_ metrics: Metrics, historyEvents: Int? = nil) -> Api {
    var limits = configuration.limits
    limits.historyEvents = historyEvents ?? limits.historyEvents
    let identifiers = identifiers
    return Api(
      commands: commands, accounts: accounts, disclosures: disclosures, library: library, live: live,
      reader: log.reader, tree: tree, witnesses: configuration.witnesses, pastModels: pastModels,
      replays: replays,
      answers: AnswerCache(capacity: configuration.answers),
      windowCache: WindowCache(capacity: configuration.answers),
      operations: Operations(
        metrics: metrics, pool: pool, log: measuredLog, batches: batches, integrator: integrator, startedAt: .now),
      names: NameCache(accounts: accounts), limits: limits,
      guestLimiter: RateLimiter(perHour: limits.guestsPerHour, burst: max(1, limits.guestsPerHour / 4)),
      throttle: SignInThrottle(limits), ownOrigin: OwnOrigin(configuration.publicURL), raceStore: races, jobs: jobs,
      jobLimits: configuration.jobs, jobSeats: JobSeats(capacity: configuration.jobs.listeners),
      newID: { identifiers.next() })
  }
}
