import Events
import Projections
import TestSupport
import Testing

struct Bans {
  private let users = (1...3).map { ScriptedHistory.user(UInt64($0)) }

  /// Three accounts that all play five races, the first one best.
  private func history() -> ScriptedHistory {
    var history = ScriptedHistory()
    for user in users { history.register(user, .registered) }
    for round in 1...5 {
      for (place, user) in users.enumerated() {
        history.play(user, ScriptedHistory.race(Int16(round)), iq: Int32(9_900 - 500 * place))
      }
    }
    return history
  }

  private func board(_ history: ScriptedHistory) throws -> [(UserID, Int)] {
    try Equality.fold(history.events).leaderboard(.overall, limit: 10).map { ($0.key.user, Int($0.rank)) }
  }

  @Test func `a banned account vanishes and ranks close up`() throws {
    var history = history()
    #expect(try board(history).map(\.0) == users)
    history.record(.rankingRevoked(RankingRevoked()), on: StreamID(user: users[0]))
    let board = try board(history)
    #expect(board.map(\.0) == Array(users.dropFirst()) && board.map(\.1) == [1, 2])
    let model = try Equality.fold(history.events)
    #expect(model.isBanned(users[0]) && !model.isBanned(users[1]))
  }

  @Test func `reinstated, it stands where it stood, and nothing else has moved`() throws {
    let before = try Equality.fold(history().events)
    var history = history()
    for event in [Event.rankingRevoked(RankingRevoked()), .rankingGranted(RankingGranted())] {
      history.record(event, on: StreamID(user: users[1]))
    }
    let after = try Equality.fold(history.events)
    #expect(after.leaderboard(.overall, limit: 10) == before.leaderboard(.overall, limit: 10))
    #expect(!after.isBanned(users[1]))
  }

  @Test func `said twice, or of somebody who is gone, it changes nothing more`() throws {
    var history = history()
    history.record(.userErased(UserErased()), on: StreamID(user: users[2]))
    let once = try board(history)
    for _ in 1...2 { history.record(.rankingRevoked(RankingRevoked()), on: StreamID(user: users[2])) }
    history.record(.rankingGranted(RankingGranted()), on: StreamID(user: users[2]))
    history.record(.rankingGranted(RankingGranted()), on: StreamID(user: users[0]))
    #expect(try board(history).map(\.0) == once.map(\.0))
    #expect(try Equality.fold(history.events).isErased(users[2]))
  }
}
