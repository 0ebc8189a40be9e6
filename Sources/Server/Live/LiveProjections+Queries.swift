import Events
import Projections
import Racing
import Synchronization

extension LiveProjections {
  /// What a run is about; nil when the projections do not know it.
  func run(_ id: StreamID) -> RunFacts? {
    read { model, _ in
      model.simulation(id).map { RunFacts(race: $0.race, driver: $0.driver, isOver: $0.status != .running) }
    }
  }

  /// A number that is another one whenever the leaderboard is.
  func revision(of scope: LeaderboardScope) -> UInt64 {
    // Revisions count within a model; another model has other ones.
    state.withLock { $0.model.revision(of: scope) &+ $0.generation << 40 }
  }

  /// A page of a leaderboard behind a place, from the top without one.
  func page(of scope: LeaderboardScope, after key: LeaderboardKey?, limit: Int) -> BoardPage {
    read { model, _ in
      let rows = model.leaderboard(scope, after: key, limit: limit + 1)
      return BoardPage(
        rows: Array(rows.prefix(limit)), hasMore: rows.count > limit, listed: model.listedCount(scope))
    }
  }

  /// The part of a leaderboard around an account; nil when it is not listed.
  func page(of scope: LeaderboardScope, around user: UserID, limit: Int) -> BoardPage? {
    read { model, _ in
      model.leaderboard(scope, around: user, limit: limit).map {
        BoardPage(rows: $0, hasMore: false, listed: model.listedCount(scope))
      }
    }
  }

  /// The crowd at a circuit in a year, and the position it was read at.
  /// - Parameter years: earlier years that are added.
  func crowd(circuit: String, season: Int16, pooling years: Int = 0) -> (CrowdStatistics?, Position) {
    read { model, position in (model.crowd(circuit: circuit, season: season, pooling: years), position) }
  }

  /// Ranked runs at a circuit in a year that stopped on those laps, best first, and the position that was read at.
  func rankedRuns(circuit: String, season: Int16, stopLaps: [Int], limit: Int) -> ([SimulationRecord], Position) {
    read { model, position in
      (model.rankedRuns(circuit: circuit, season: season, stopLaps: stopLaps, limit: limit), position)
    }
  }

  /// Where ranked runs at a circuit in a year stopped, and the position that was read at.
  func planCells(
    circuit: String, season: Int16, stopCount: Int, compound: Compound?
  ) -> ([PlanCell]?, Position) {
    let (model, position) = read { ($0, $1) }
    return (model.planCells(circuit: circuit, season: season, stopCount: stopCount, compound: compound), position)
  }
}
