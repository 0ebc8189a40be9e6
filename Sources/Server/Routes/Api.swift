import Commands
import EventStore
import Events
import HTTPTypes
import NIOCore
import Racing

/// Answers every call: a table from endpoints to the functions in the files beside this one.
struct Api: CallAnswering {
  let commands: CommandHandler
  let accounts: Accounts
  let disclosures: Disclosures
  let library: RaceLibrary
  let live: LiveProjections
  let reader: EventReader
  let tree: TreeStore
  let witnesses: [NoteKey]
  let pastModels: PastModels
  let replays: Replays
  let answers: AnswerCache
  let windowCache: WindowCache
  let operations: Operations
  let names: NameCache
  let limits: Limits
  let guestLimiter: RateLimiter
  let throttle: SignInThrottle
  let ownOrigin: OwnOrigin
  let raceStore: RaceStore
  let jobs: JobStore
  let jobLimits: JobLimits
  let jobSeats: JobSeats
  let newID: @Sendable () -> StreamID

  func answer(_ call: Call) async throws(Problem) -> Answer {
    var answer = try await content(call)
    // Said also where it is nothing: a browser keeps the fields of an answer that it revalidates.
    if !answer.isPublic { answer.headers[.eventsBehind] = String(live.lag) }
    return answer
  }

  private func content(_ call: Call) async throws(Problem) -> Answer {
    try call.query.allow(call.endpoint.queryNames)
    switch call.endpoint {
    case .home: return home(call)
    case .ping: return Answer(type: .text, body: .init(string: "pong\n"))
    case .index: return index(call)
    case .openAPI: return openAPI(call)
    case .reference: return reference(call)
    case .health: return health()
    case .ready: return ready()
    case .metrics: return metrics()
    case .races: return try await races(call)
    case .race: return try await race(call)
    case .laps: return try await laps(call)
    case .pitLaps: return try await pitLaps(call)
    case .disagreements: return try await disagreements(call)
    case .importRace: return try await importRace(call)
    case .job: return try await job(call)
    case .cancelJob: return try await cancelJob(call)
    case .teams: return try await teams(call)
    case .team: return try await team(call)
    case .blameHeatmap: return try await blameHeatmap(call)
    case .heatmap: return try await heatmap(call)
    case .heatmapRuns: return try await heatmapRuns(call)
    case .autopsy: return try await autopsy(call)
    case .startSimulation: return try await startSimulation(call)
    case .simulation: return try await simulation(call)
    case .raceSoFar: return try await raceSoFar(call)
    case .review: return try await review(call)
    case .decide: return try await decide(call)
    case .advance: return try await advance(call)
    case .finish: return try await finish(call)
    case .abandon: return try await abandon(call)
    case .fork: return try await fork(call)
    case .optimal: return try await optimal(call)
    case .leaderboard: return try await leaderboard(call)
    case .leaderboardAround: return try await leaderboardAround(call)
    case .auditUser: return try await auditUser(call)
    case .auditSimulation: return try await auditSimulation(call)
    case .receipt: return try await receipt(call)
    case .history: return try await history(call)
    case .logFacts: return try await logFacts(call)
    case .logKey: return try await logKey(call)
    case .checkpoint: return try await checkpoint(call)
    case .tile: return try await tile(call)
    case .inclusion: return try await inclusion(call)
    case .consistency: return try await consistency(call)
    case .cosign: return try await cosign(call)
    case .guest: return try await openGuest(call)
    case .player: return try await player(call)
    case .stats: return try await stats(call)
    case .report: return try await report(call)
    case .register: return try await register(call)
    case .logIn: return try await logIn(call)
    case .refresh: return try await refresh(call)
    case .logOut: return try await logOut(call)
    case .me: return try me(call)
    case .changeEmail: return try await changeEmail(call)
    case .changePassword: return try await changePassword(call)
    case .sessions: return try await sessions(call)
    case .endSession: return try await endSession(call)
    case .export: return try await export(call)
    case .eraseMe: return try await eraseMe(call)
    case .rules: return try rules(call)
    case .decideRules: return try await decideRules(call)
    case .quarantine: return try await quarantine(call)
    case .startReplay: return try startReplay(call)
    case .replay: return try replay(call)
    }
  }

  /// Waits until the projections have come to the position that the call asks for.
  func awaitPosition(_ call: Call) async throws(Problem) {
    if let position = try call.query.position("minPosition") {
      try await live.reach(position, within: limits.positionWait)
    }
  }

  /// Members that every answer about a race has.
  func stamp(_ json: inout JSONWriter, _ position: Position, race: RaceSummary? = nil) {
    json.field("position", position.rawValue)
    json.field("model", library.modelVersion)
    if let race { json.field("synthetic", race.isSynthetic) }
  }
}

extension Call {
  /// A variable segment that must be an identifier.
  func identifier<ID: Identifier>(_ index: Int, of code: ProblemCode, _ what: String) throws(Problem) -> ID {
    guard let id = ID(parameters[index]) else {
      throw Problem(code, "\"\(parameters[index].prefix(64))\" is not the identifier of \(what): a UUID.")
    }
    return id
  }

  /// A variable segment that must be a year.
  func year(_ index: Int) throws(Problem) -> Int {
    guard let year = Int(parameters[index]), (1950...2999).contains(year) else {
      throw Problem(
        .invalidValue, "\"\(parameters[index].prefix(32))\" is not a season: four digits.", parameter: "year")
    }
    return year
  }
}
