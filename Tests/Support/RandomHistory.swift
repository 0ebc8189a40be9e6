public import Events
internal import Racing

/// Makes a random history that could have happened: accounts of each kind, races that come in early, late and again,
/// runs that interleave, retries, forks, equal plans at the same time, runs given up, accounts erased, banned and reinstated.
public struct RandomHistory {
  /// How large and how wild it is.
  public struct Options: Sendable {
    /// Accounts.
    public var users = 40
    /// Races.
    public var races = 8
    /// Events, about.
    public var events = 3000
    /// Of a thousand steps, how many erase somebody.
    public var erasures = 3

    /// The usual size.
    public init() {}
  }

  private struct Run {
    let stream: StreamID
    let user: UserID
    var lap: Int32
  }

  private static let lapCount: Int32 = 40

  private let options: Options
  private var random: SplitMix64
  private var events: [RecordedEvent] = []
  private var running: [Run] = []
  private var versions: [StreamID: Int32] = [:]
  private var actorVersions: [UserID: Int32] = [:]
  private var users: [UserID] = []
  private var guests: [UserID] = []
  private var time: Int64 = 1_700_000_000_000_000

  /// The events of a history; the same for the same seed.
  public static func events(seed: UInt64, _ options: Options = Options()) -> [RecordedEvent] {
    var history = RandomHistory(options: options, random: SplitMix64(seed: seed))
    history.begin()
    while history.events.count < options.events { history.step() }
    return history.events
  }

  private init(options: Options, random: SplitMix64) {
    self.options = options
    self.random = random
  }

  private mutating func begin() {
    for race in 1...options.races where race % 3 != 0 { importRace(race) }
    for _ in 0..<options.users {
      let user = random.identifier(UserID.self)
      users.append(user)
      let kind: UserRegistered.Kind = random.number(0...9) == 0 ? .guest : random.any()
      if kind == .guest { guests.append(user) }
      if random.number(0...19) > 0 { record(.userRegistered(.init(kind: kind)), StreamID(user: user), nil) }
    }
  }

  private mutating func step() {
    time += random.number(1...40_000_000)
    let dice = random.number(0...999)
    if dice < options.erasures {
      let user = users.randomElement(using: &random)!
      record(.userErased(.init()), StreamID(user: user), user)
    } else if dice < 8, let guest = guests.popLast() {
      record(.guestRegistered(.init()), StreamID(user: guest), guest)
    } else if dice < 12 {
      importRace(random.number(1...options.races))
    } else if dice < 17 {
      let user = users.randomElement(using: &random)!
      record(dice < 15 ? .rankingRevoked(.init()) : .rankingGranted(.init()), StreamID(user: user), nil)
    } else if running.isEmpty || dice < 200 {
      start()
    } else {
      go(on: random.number(0...(running.count - 1)))
    }
  }

  /// Two circuits share a season here and there, and now and then a race moves to another one.
  private mutating func importRace(_ race: Int) {
    let circuit = random.number(0...9) == 0 ? "moved" : "circuit-\(race % 5)"
    record(
      .raceImported(
        RaceImported(
          race: Self.key(race), slug: "gp-\(race)", circuit: circuit, laps: Self.lapCount, source: "generator",
          digest: "00", isSynthetic: true)), StreamID(race: Self.key(race)), nil)
  }

  private mutating func start() {
    let stream = random.identifier(StreamID.self)
    let user = users.randomElement(using: &random)!
    let fork = random.number(0...9) == 0 ? running.randomElement(using: &random)?.stream : nil
    let startLap: Int32 = fork == nil && random.number(0...9) > 0 ? 1 : random.number(2...20)
    record(
      .simulationStarted(
        SimulationStarted(
          race: Self.key(random.number(1...options.races)),
          driver: DriverCode(random.number(0...1) == 0 ? "VER" : "ALO")!,
          startLap: startLap, startCompound: random.maybe { $0.any() },
          mode: random.number(0...9) == 0 ? .hindsight : .live,
          isRanked: random.number(0...9) > 1, isWholePlan: random.number(0...9) == 0, forkOf: fork,
          optimum: random.number(4_000_000...5_000_000), model: "00", artefact: "00",
          offersPace: .random(using: &random))), stream, user)
    running.append(Run(stream: stream, user: user, lap: startLap))
  }

  private mutating func go(on index: Int) {
    let run = running[index]
    switch random.number(0...9) {
    case 0:
      let actor = random.number(0...3) == 0 ? nil : run.user
      record(.simulationAbandoned(.init(lap: run.lap)), run.stream, actor)
      running.remove(at: index)
    case 1, 2:
      record(.simulationFinished(finished()), run.stream, run.user)
      running.remove(at: index)
    case 3, 4:
      running[index].lap = min(Self.lapCount, run.lap + random.number(0...9))
      record(.simulationAdvanced(.init(lap: running[index].lap)), run.stream, run.user)
    default:
      record(.decisionMade(decision(after: run.lap)), run.stream, run.user)
    }
  }

  private mutating func decision(after lap: Int32) -> DecisionMade {
    DecisionMade(
      lap: min(Self.lapCount, lap + 1), kind: random.any(), compound: random.maybe { $0.any() },
      pace: random.maybe { $0.any() }, regret: random.number(0...30_000), isOptimal: .random(using: &random),
      elapsed: random.number(0...5_000_000))
  }

  /// One of a few plans, so that plans repeat.
  private mutating func finished() -> SimulationFinished {
    let plan = random.number(0...6)
    var plans = SplitMix64(seed: UInt64(plan))
    let stops = (0..<plan).map { stop in
      SimulationFinished.Stop(lap: Int32(5 * stop + 3) + plans.number(0...3), compound: plans.any())
    }
    return SimulationFinished(
      pitTiming: random.number(0...10_000), tyreEfficiency: random.number(0...10_000),
      safetyCarReaction: random.maybe { $0.number(0...10_000) }, raceOutcome: random.number(0...10_000),
      iq: random.number(0...2) == 0 ? random.number(0...7499) : random.number(7500...10_000),
      total: random.number(4_000_000...6_000_000), toOptimum: random.number(0...60_000),
      toReal: random.number(-60_000...60_000), place: random.number(1...20), attempt: 1,
      isRanked: random.number(0...9) > 1, startCompound: random.any(), stops: Array(stops.prefix(4)),
      stopCount: Int32(stops.count), undercutGain: random.maybe { $0.number(-40_000...40_000) }, plan: plans.next())
  }

  private mutating func record(_ event: Event, _ stream: StreamID, _ actor: UserID?) {
    versions[stream, default: 0] += 1
    if let actor { actorVersions[actor, default: 0] += 1 }
    events.append(
      RecordedEvent(
        position: Position(rawValue: Int64(events.count) + 1), stream: stream,
        version: Version(rawValue: versions[stream]!), actor: actor,
        actorVersion: actor.map { Version(rawValue: actorVersions[$0]!) }, command: random.identifier(),
        recordedAt: Timestamp(microseconds: time), event: event))
  }

  private static func key(_ race: Int) -> RaceKey { RaceKey(season: 2022 + Int16(race % 2), round: Int16(race)) }
}
