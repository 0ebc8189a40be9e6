import Commands
import Events
import Postgres
import Projections
import Racing

/// What deciders ask about an account and a race, answered from the projections and the disclosures.
struct LiveHistory: PlayerHistory {
  let live: LiveProjections
  let disclosures: Disclosures

  func standing(
    of account: UserID, on race: RaceKey, besides simulation: StreamID?
  ) async throws(HistoryUnavailable) -> PlayerStanding {
    guard live.status.isCaughtUp else { throw HistoryUnavailable(reason: "the projections are not up to date yet") }
    let hasSeen: Bool
    do throws(PostgresError) { hasSeen = try await disclosures.hasSeen(account, race) } catch {
      throw HistoryUnavailable(reason: error.description)
    }
    return live.read { model, _ in
      PlayerStanding(
        kind: model.kind(of: account), otherRuns: model.runs(of: account, on: race, besides: simulation),
        hasSeenRace: hasSeen, isBanned: model.isBanned(account))
    }
  }
}
