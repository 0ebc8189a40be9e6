import Events
import Postgres
import Racing

/// What some consecutive events change in `read.simulations` and `read.strategy_decisions`, as statements that belong into
/// one transaction.
struct TableChanges {
  private(set) var started: [(id: StreamID, event: SimulationStarted, player: UserID, position: Position)] = []
  private(set) var laps: [StreamID: Int32] = [:]
  private(set) var finished: [(id: StreamID, event: SimulationFinished, position: Position)] = []
  private(set) var abandoned: [(id: StreamID, lap: Int32, position: Position)] = []
  private(set) var decisions: [(event: RecordedEvent, decision: DecisionMade)] = []
  private(set) var erased: [UserID] = []

  /// Collects the changes of events, which are in order.
  init(_ events: [RecordedEvent]) {
    for event in events { collect(event) }
  }

  private mutating func collect(_ event: RecordedEvent) {
    switch event.event {
    case .simulationStarted(let started):
      guard let player = event.actor else { return }
      self.started.append((event.stream, started, player, event.position))
    case .decisionMade(let decision):
      decisions.append((event, decision))
      if decision.kind != .start, decision.kind != .finish {
        laps[event.stream] = max(laps[event.stream] ?? 0, decision.lap - 1)
      }
    case .simulationAdvanced(let advanced): laps[event.stream] = advanced.lap
    case .simulationFinished(let finished): self.finished.append((event.stream, finished, event.position))
    case .simulationAbandoned(let abandoned): self.abandoned.append((event.stream, abandoned.lap, event.position))
    case .userErased: erased.append(UserID(high: event.stream.high, low: event.stream.low))
    case .userRegistered, .guestRegistered, .proGranted, .proRevoked, .operatorGranted, .operatorRevoked,
      .rankingRevoked, .rankingGranted, .raceImported, .autopsyComputed, .scoringRulesProposed, .scoringRulesChanged,
      .eventQuarantined:
      break
    }
  }

  /// The statements, in order.
  var statements: [Postgres.Call] {
    var calls: [Postgres.Call] = []
    if !started.isEmpty { calls.append(start) }
    if !decisions.isEmpty { calls.append(decide) }
    if !laps.isEmpty { calls.append(advance) }
    if !finished.isEmpty { calls.append(finish) }
    if !abandoned.isEmpty { calls.append(abandon) }
    if !erased.isEmpty { calls += erase }
    return calls
  }
}

extension TableChanges {
  private var start: Postgres.Call {
    Statement(
      "table-start",
      """
      INSERT INTO read.simulations (simulation, account, season, round, driver, mode, status, is_ranked, lap, fork_of,
        started_position)
      SELECT simulation, account, season, round, driver, mode, 'running', is_ranked, lap, fork_of, position
      FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::boolean[], $8::int[],
        $9::uuid[], $10::bigint[])
        AS t (simulation, account, season, round, driver, mode, is_ranked, lap, fork_of, position)
      """
    ).with([
      started.map { PostgresUUID($0.id) }, started.map { PostgresUUID($0.player) },
      started.map { Int32($0.event.race.season) }, started.map { Int32($0.event.race.round) },
      started.map { $0.event.driver.description }, started.map { $0.event.mode.rawValue },
      started.map { $0.event.isRanked }, started.map { $0.event.startLap },
      started.map { $0.event.forkOf.map { PostgresUUID($0) } }, started.map { $0.position.rawValue },
    ])
  }

  private var decide: Postgres.Call {
    Statement(
      "table-decide",
      """
      INSERT INTO read.strategy_decisions (position, simulation, account, lap, kind, value, regret_ms, is_optimal)
      SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::bigint[],
        $8::boolean[])
      """
    ).with([
      decisions.map { $0.event.position.rawValue }, decisions.map { PostgresUUID($0.event.stream) },
      decisions.map { PostgresUUID($0.event.actor ?? UserID(high: 0, low: 0)) }, decisions.map { $0.decision.lap },
      decisions.map { $0.decision.kind.rawValue },
      decisions.map { $0.decision.compound?.name ?? $0.decision.pace?.name },
      decisions.map { $0.decision.regret }, decisions.map { $0.decision.isOptimal },
    ])
  }

  private var advance: Postgres.Call {
    let rows = laps.sorted { $0.key < $1.key }
    return Statement(
      "table-advance",
      """
      UPDATE read.simulations s SET lap = greatest(s.lap, t.lap)
      FROM unnest($1::uuid[], $2::int[]) AS t (simulation, lap) WHERE s.simulation = t.simulation
      """
    ).with([rows.map { PostgresUUID($0.key) }, rows.map(\.value)])
  }

  private var finish: Postgres.Call {
    Statement(
      "table-finish",
      """
      UPDATE read.simulations s SET status = 'finished', is_ranked = t.is_ranked, attempt = t.attempt,
        pit_timing = t.pit, tyre_efficiency = t.tyre, safety_car_reaction = t.sc, race_outcome = t.outcome, iq = t.iq,
        total_ms = t.total, to_optimum_ms = t.to_optimum, to_real_ms = t.to_real, place = t.place,
        finished_position = t.position
      FROM unnest($1::uuid[], $2::boolean[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[],
        $9::bigint[], $10::bigint[], $11::bigint[], $12::int[], $13::bigint[])
        AS t (simulation, is_ranked, attempt, pit, tyre, sc, outcome, iq, total, to_optimum, to_real, place, position)
      WHERE s.simulation = t.simulation
      """
    ).with([
      finished.map { PostgresUUID($0.id) }, finished.map { $0.event.isRanked }, finished.map { $0.event.attempt },
      finished.map { $0.event.pitTiming }, finished.map { $0.event.tyreEfficiency },
      finished.map { $0.event.safetyCarReaction }, finished.map { $0.event.raceOutcome }, finished.map { $0.event.iq },
      finished.map { $0.event.total }, finished.map { $0.event.toOptimum }, finished.map { $0.event.toReal },
      finished.map { $0.event.place }, finished.map { $0.position.rawValue },
    ])
  }

  private var abandon: Postgres.Call {
    Statement(
      "table-abandon",
      """
      UPDATE read.simulations s SET status = 'abandoned', lap = t.lap, finished_position = t.position
      FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS t (simulation, lap, position)
      WHERE s.simulation = t.simulation
      """
    ).with([
      abandoned.map { PostgresUUID($0.id) }, abandoned.map(\.lap), abandoned.map { $0.position.rawValue },
    ])
  }

  private var erase: [Postgres.Call] {
    let users = erased.map { PostgresUUID($0) }
    return [
      Statement("table-erase-decisions", "DELETE FROM read.strategy_decisions WHERE account = ANY($1)").with([users]),
      Statement("table-erase-simulations", "DELETE FROM read.simulations WHERE account = ANY($1)").with([users]),
      Statement("table-erase-ranks", "DELETE FROM read.leaderboard WHERE account = ANY($1)").with([users]),
    ]
  }
}
