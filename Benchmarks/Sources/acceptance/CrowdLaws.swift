import Events
import Projections
import Racing

/// What no crowd may do to a window, on made-up crowds: the order of runs, one player who floods, many false accounts.
func crowdLawRows() throws -> [Row] {
  let reference = CrowdReference(lapCount: 50)
  guard let slot = StopSlot(stopCount: 1, stop: 1) else { return [] }
  let honest = (0..<50).map { MadeUpCrowd.Stop(user: UInt64($0 + 1), lap: MadeUpCrowd.lap($0, around: 20), iq: 9000) }
  let alone = try MadeUpCrowd.statistics(honest)

  var differing = 0
  var order = honest
  for shuffle in 0..<100 {
    for place in order.indices { order.swapAt(place, Int(MadeUpCrowd.mixed(shuffle, place) % UInt64(order.count))) }
    if try MadeUpCrowd.statistics(order) != alone { differing += 1 }
  }

  let flood = (0..<500).map { _ in MadeUpCrowd.Stop(user: 999, lap: 9, iq: 10_000) }
  let accounts = (0..<25).map { MadeUpCrowd.Stop(user: UInt64(2000 + $0), lap: 9, iq: 10_000) }
  func moved(by stops: [MadeUpCrowd.Stop]) throws -> Double {
    let before = alone.window(of: slot, reference).laps
    let after = try MadeUpCrowd.statistics(honest + stops).window(of: slot, reference).laps
    return Double(max(abs(before.lowerBound - after.lowerBound), abs(before.upperBound - after.upperBound)))
  }
  return [
    Row("orders of 50 runs with other sums", Double(differing), "orders", .atMost(0), on: "made up", sample: 100),
    Row(
      "window moved by one player's 500 runs", try moved(by: flood), "laps", .atMost(2), on: "made up", sample: 50,
      detail: "against 50 honest players"),
    Row(
      "window moved by 25 false accounts", try moved(by: accounts), "laps", .atMost(2), on: "made up", sample: 50,
      detail: "one run each, equal plans, ten minutes apart, against 50 honest players"),
  ]
}

/// A crowd that played one race, each run of one stop.
private struct MadeUpCrowd {
  struct Stop {
    var user: UInt64
    var lap: Int32
    var iq: Int32
  }

  private var events: [RecordedEvent] = []
  private var seconds: Int64 = 1_700_000_000
  private static let race = RaceKey(season: 2023, round: 1)

  /// A lap within five of another, the middle ones more often.
  static func lap(_ index: Int, around centre: Int32) -> Int32 {
    let bits = mixed(index, 7)
    return centre + Int32(bits % 6) - Int32(bits >> 8 % 6)
  }

  /// Bits that look random, the same each time.
  static func mixed(_ one: Int, _ other: Int) -> UInt64 {
    var value = UInt64(truncatingIfNeeded: one &* 1_000_003 &+ other) &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// What the crowd amounts to.
  static func statistics(_ stops: [Stop]) throws -> CrowdStatistics {
    var crowd = MadeUpCrowd()
    crowd.record(
      .raceImported(
        RaceImported(
          race: race, slug: "ring", circuit: "ring", laps: 50, source: "made up", digest: "", isSynthetic: true)),
      on: StreamID(high: 1, low: 1), by: nil)
    for stop in stops { try crowd.play(stop) }
    var model = ReadModel()
    try model.apply(crowd.events)
    guard let statistics = model.crowd(circuit: "ring", season: race.season) else { throw NoCrowd() }
    return statistics
  }

  struct NoCrowd: Error {}

  private mutating func play(_ stop: Stop) throws {
    // A slot of its own for each user, whatever the order: only who plays again comes later.
    seconds += 700
    guard let driver = DriverCode("VER") else { throw NoCrowd() }
    let run = StreamID(high: 2, low: UInt64(events.count))
    let player = UserID(high: 3, low: stop.user)
    record(
      .simulationStarted(
        SimulationStarted(
          race: Self.race, driver: driver, startLap: 1, startCompound: nil, mode: .live, isRanked: true,
          isWholePlan: false, forkOf: nil, optimum: 5_000_000, model: "", artefact: "")),
      on: run, by: player)
    record(
      .simulationFinished(
        SimulationFinished(
          pitTiming: stop.iq, tyreEfficiency: stop.iq, safetyCarReaction: nil, raceOutcome: stop.iq, iq: stop.iq,
          total: 5_000_000, toOptimum: 0, toReal: 0, place: 1, attempt: 1, isRanked: true, startCompound: .medium,
          stops: [.init(lap: stop.lap, compound: .hard)], stopCount: 1, undercutGain: nil, plan: UInt64(stop.lap))),
      on: run, by: player)
  }

  private mutating func record(_ event: Event, on stream: StreamID, by actor: UserID?) {
    let position = Int64(events.count) + 1
    events.append(
      RecordedEvent(
        position: Position(rawValue: position), stream: stream, version: Version(rawValue: 1), actor: actor,
        actorVersion: nil, command: CommandID(high: 4, low: UInt64(position)),
        recordedAt: Timestamp(microseconds: seconds * 1_000_000), event: event))
  }
}
