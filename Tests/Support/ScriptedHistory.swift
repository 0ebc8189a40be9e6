public import Events
public import Racing

/// A history written down step by step: positions, versions and identifiers take care of themselves.
public struct ScriptedHistory: Sendable {
  /// The events so far.
  public private(set) var events: [RecordedEvent] = []
  /// Seconds of event time; stands still unless moved.
  public var seconds: Int64 = 1_700_000_000
  private var versions: [StreamID: Int32] = [:]
  private var runCount: UInt64 = 0

  /// Nothing has happened yet.
  public init() {}

  /// A race of a season; `round` and season name it.
  public static func race(_ round: Int16, season: Int16 = 2023) -> RaceKey { RaceKey(season: season, round: round) }

  /// An account; the number names it.
  public static func user(_ number: UInt64) -> UserID { UserID(high: 0xace0, low: number) }

  /// Any event.
  @discardableResult
  public mutating func record(_ event: Event, on stream: StreamID, by actor: UserID? = nil) -> Position {
    versions[stream, default: 0] += 1
    let position = Position(rawValue: Int64(events.count) + 1)
    events.append(
      RecordedEvent(
        position: position, stream: stream, version: Version(rawValue: versions[stream]!), actor: actor,
        actorVersion: nil, command: CommandID(high: 0, low: UInt64(events.count)),
        recordedAt: Timestamp(microseconds: seconds * 1_000_000), event: event))
    return position
  }

  /// A race comes in.
  public mutating func importRace(_ race: RaceKey, circuit: String) {
    record(
      .raceImported(
        RaceImported(
          race: race, slug: circuit, circuit: circuit, laps: 50, source: "generator", digest: "", isSynthetic: true)),
      on: StreamID(race: race))
  }

  /// An account is registered.
  public mutating func register(_ user: UserID, _ kind: UserRegistered.Kind = .registered) {
    record(.userRegistered(UserRegistered(kind: kind)), on: StreamID(user: user))
  }

  /// A guest becomes a registered account.
  public mutating func claim(_ guest: UserID) {
    record(.guestRegistered(GuestRegistered()), on: StreamID(user: guest))
  }

  /// A run begins; the identifier of its stream.
  public mutating func start(
    _ user: UserID, _ race: RaceKey, driver: String = "VER", isRanked: Bool = true, startLap: Int32 = 1
  ) -> StreamID {
    runCount += 1
    let stream = StreamID(high: 0x0a0b, low: runCount)
    let event = SimulationStarted(
      race: race, driver: DriverCode(driver)!, startLap: startLap, startCompound: nil, mode: .live, isRanked: isRanked,
      isWholePlan: false, forkOf: nil, optimum: 5_000_000, model: "00", artefact: "00")
    record(.simulationStarted(event), on: stream, by: user)
    return stream
  }

  /// The run drives on.
  public mutating func advance(_ run: StreamID, by user: UserID, to lap: Int32) {
    record(.simulationAdvanced(SimulationAdvanced(lap: lap)), on: run, by: user)
  }

  /// The run is given up.
  public mutating func abandon(_ run: StreamID, by user: UserID?, lap: Int32) {
    record(.simulationAbandoned(SimulationAbandoned(lap: lap)), on: run, by: user)
  }

  /// The run reaches the flag with stops of hard tyres.
  public mutating func finish(
    _ run: StreamID, by user: UserID, iq: Int32, isRanked: Bool = true, stops: [Int32] = [20], plan: UInt64 = 1,
    undercutGain: Int64? = nil
  ) {
    let event = SimulationFinished(
      pitTiming: iq, tyreEfficiency: iq, safetyCarReaction: nil, raceOutcome: iq, iq: iq, total: 5_000_000,
      toOptimum: 0, toReal: 0, place: 1, attempt: 1, isRanked: isRanked, startCompound: .medium,
      stops: stops.map { .init(lap: $0, compound: .hard) }, stopCount: Int32(stops.count),
      undercutGain: undercutGain, plan: plan)
    record(.simulationFinished(event), on: run, by: user)
  }

  /// A whole run, from start to flag.
  public mutating func play(
    _ user: UserID, _ race: RaceKey, iq: Int32, isRanked: Bool = true, stops: [Int32] = [20], plan: UInt64 = 1,
    undercutGain: Int64? = nil
  ) {
    let run = start(user, race, isRanked: isRanked)
    finish(run, by: user, iq: iq, isRanked: isRanked, stops: stops, plan: plan, undercutGain: undercutGain)
  }
}
