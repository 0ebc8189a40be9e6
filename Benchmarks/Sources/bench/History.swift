import Events
import Foundation
import Postgres
import Racing
import Server

/// Made-up histories: accounts that play races, some ranked and well. Positions, versions and actor versions are dense.
struct History {
  private var random: UInt64
  private var position: Int64 = 0
  private var users: Int
  private var user = 0
  private var pending: ArraySlice<RecordedEvent> = []

  /// Events of a user who plays once: a registration, a start, five advances, two decisions and a finish, or more.
  static let eventsPerUser = 11

  private let runsPerUser: Int
  /// An advance for every lap instead of five a run.
  private let isLapByLap: Bool

  init(seed: UInt64, users: Int, runsPerUser: Int = 1, lapByLap: Bool = false) {
    isLapByLap = lapByLap
    random = seed
    self.users = users
    self.runsPerUser = runsPerUser
  }

  private mutating func next() -> UInt64 {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// The next events, race imports first; empty at the end.
  mutating func batch(_ count: Int) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    events.reserveCapacity(count + Self.eventsPerUser)
    if position == 0 { events += races() }
    while events.count < count, user < users {
      events += play()
      user += 1
    }
    return events
  }

  static let raceCount = 24

  private mutating func races() -> [RecordedEvent] {
    (1...Self.raceCount).map { round in
      let key = RaceKey(season: 2023, round: Int16(round))
      return record(
        StreamID(race: key), 1, nil, nil,
        .raceImported(
          .init(
            race: key, slug: "gp-\(round)", circuit: "circuit-\(round)", laps: 60, source: "generator",
            digest: String(repeating: "0", count: 64), isSynthetic: true)))
    }
  }

  private mutating func play() -> [RecordedEvent] {
    let account = UserID(high: 0x0190_0000_0000_7000 | UInt64(user) << 20, low: next() | 1 << 63)
    var events = [
      record(StreamID(high: account.high, low: account.low), 1, account, 1, .userRegistered(.init(kind: .registered)))
    ]
    let first = below(Self.raceCount)
    for run in 0..<runsPerUser {
      drive(account, RaceKey(season: 2023, round: Int16(1 + (first + run) % Self.raceCount)), &events)
    }
    return events
  }

  /// One run: start, five advances, two stops, finish.
  private mutating func drive(_ account: UserID, _ race: RaceKey, _ events: inout [RecordedEvent]) {
    let run = StreamID(high: 0x0191_0000_0000_7000 | next() << 20, low: next() | 1 << 63)
    let iq = Int32(4000 + below(6001))
    let laps = [Int32(12 + below(14)), Int32(34 + below(14))]
    var happened: [Event] = [
      .simulationStarted(
        .init(
          race: race, driver: DriverCode("VER")!, startLap: 1, startCompound: .medium, mode: .live, isRanked: true,
          isWholePlan: false, forkOf: nil, optimum: 5_400_000, model: "0123456789abcdef",
          artefact: "0123456789abcdef"))
    ]
    for lap in isLapByLap ? Array(2...58) : [5, laps[0], laps[0] + 1, laps[1], laps[1] + 1] {
      happened.append(.simulationAdvanced(.init(lap: lap - 1)))
    }
    for lap in laps {
      happened.append(
        .decisionMade(
          .init(
            lap: lap + 2, kind: .pit, compound: .hard, pace: nil, regret: Int64(below(4000)), isOptimal: below(2) == 0,
            elapsed: Int64(lap) * 90_000)))
    }
    happened.append(
      .simulationFinished(
        .init(
          pitTiming: iq, tyreEfficiency: iq, safetyCarReaction: nil, raceOutcome: iq, iq: iq, total: 5_400_000,
          toOptimum: Int64(below(30_000)), toReal: 0, place: 4, attempt: 1, isRanked: true, startCompound: .medium,
          stops: laps.map { .init(lap: $0, compound: .hard) }, stopCount: 2, undercutGain: nil, plan: next())))
    let before = events.last?.actorVersion?.rawValue ?? 0
    for (index, event) in happened.enumerated() {
      events.append(record(run, Int32(index + 1), account, before + Int32(index) + 1, event))
    }
  }

  private mutating func record(
    _ stream: StreamID, _ version: Int32, _ actor: UserID?, _ actorVersion: Int32?, _ event: Event
  ) -> RecordedEvent {
    position += 1
    return RecordedEvent(
      position: Position(rawValue: position), stream: stream, version: Version(rawValue: version), actor: actor,
      actorVersion: actorVersion.map { Version(rawValue: $0) },
      command: CommandID(high: stream.high, low: UInt64(position)),
      recordedAt: Timestamp(microseconds: 1_700_000_000_000_000 + position * 1000), event: event)
  }

  /// Copies a history of that many users into an empty log.
  /// - Returns: its events.
  static func load(users: Int, runsPerUser: Int = 1, seed: UInt64, _ session: Session) async throws -> Int {
    var history = History(seed: seed, users: users, runsPerUser: runsPerUser)
    var count = 0
    let sql = """
      COPY log.events (position, recorded_at, version, actor_version, stream, command, actor, type, data)
      FROM STDIN (FORMAT binary)
      """
    count = try await session.copyIn(sql) { copy in
      var writer = BinaryCopyWriter()
      while true {
        let batch = history.batch(2000)
        if batch.isEmpty { break }
        for event in batch { write(event, &writer) }
        try await copy.write(writer.take())
      }
      writer.finish()
      try await copy.write(writer.take())
    }
    _ = try await session.execute("ANALYZE log.events")
    return count
  }

  private static func write(_ event: RecordedEvent, _ writer: inout BinaryCopyWriter) {
    writer.row(9)
    writer.append(event.position.rawValue)
    writer.append(PostgresTimestamp(microseconds: event.recordedAt.microseconds))
    writer.append(event.version.rawValue)
    if let version = event.actorVersion { writer.append(version.rawValue) } else { writer.appendNull() }
    writer.append(PostgresUUID(high: event.stream.high, low: event.stream.low))
    writer.append(PostgresUUID(high: event.command.high, low: event.command.low))
    if let actor = event.actor {
      writer.append(PostgresUUID(high: actor.high, low: actor.low))
    } else {
      writer.appendNull()
    }
    writer.append(event.event.type.name)
    writer.append(PostgresJSON(bytes: event.event.data))
  }
}
