import Events
import Projections
import TestSupport
import Testing

struct LeaderboardAgainstOracle {
  static let scopes: [LeaderboardScope] =
    [.overall, .season(2022), .season(2023), .season(1999), .circuit("moved"), .circuit("nowhere")]
    + (0..<5).map { .circuit("circuit-\($0)") }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `every board is what counting anew gives`(_ seed: UInt64) throws {
    let events = Self.history(seed)
    let model = try Equality.fold(events)
    let oracle = Oracle(events)
    #expect(oracle.leaderboard(.overall).count > 5)
    for scope in Self.scopes {
      let expected = oracle.leaderboard(scope)
      let rows = model.leaderboard(scope, limit: .max)
      #expect(rows.map(\.key) == expected.map(\.key), "\(scope)")
      #expect(rows.map(\.rank) == expected.map(\.rank), "\(scope)")
      #expect(rows.map(\.interval) == expected.map(\.interval), "\(scope)")
      #expect(model.listedCount(scope) == expected.count)
    }
  }

  @Test func `pages join up, wherever they are cut`() throws {
    let model = try Equality.fold(Self.history(3))
    let whole = model.leaderboard(.overall, limit: .max)
    for limit in [1, 2, 3, 7, whole.count] {
      var pages: [LeaderboardRow] = []
      while true {
        let page = model.leaderboard(.overall, after: pages.last?.key, limit: limit)
        #expect(page.count <= limit)
        pages += page
        if page.count < limit { break }
      }
      #expect(pages == whole)
    }
  }

  @Test func `a page begins where somebody stood who is gone`() throws {
    let model = try Equality.fold(Self.history(3))
    let whole = model.leaderboard(.overall, limit: .max)
    var random = SplitMix64(seed: 11)
    for _ in 0..<500 {
      let key = LeaderboardKey(
        rating: random.number(-1...10_001), runs: random.number(4...10),
        listedAt: Position(rawValue: random.number(0...5000)), user: random.identifier())
      #expect(model.leaderboard(.overall, after: key, limit: .max) == whole.filter { key < $0.key })
    }
  }

  @Test func `around an account, it stands in the middle or at an end`() throws {
    let model = try Equality.fold(Self.history(3))
    let whole = model.leaderboard(.overall, limit: .max)
    for (index, row) in whole.enumerated() {
      for limit in [1, 5, 6, whole.count + 3] {
        let rows = try #require(model.leaderboard(.overall, around: row.key.user, limit: limit))
        let start = max(0, min(index - limit / 2, whole.count - limit))
        #expect(rows == Array(whole[start..<min(whole.count, start + limit)]))
        #expect(rows.contains(row))
      }
      #expect(model.leaderboardRow(of: row.key.user, on: .overall) == row)
    }
    #expect(model.leaderboard(.overall, around: UserID(high: 0, low: 0), limit: 3) == nil)
  }

  /// Many races and few erasures, so that many are listed.
  static func history(_ seed: UInt64) -> [RecordedEvent] {
    var options = RandomHistory.Options()
    options.users = 30
    options.races = 14
    options.events = 5000
    options.erasures = 1
    return RandomHistory.events(seed: seed, options)
  }
}
