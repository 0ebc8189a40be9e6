import Events
import HTTPTypes
import Projections

extension Api {
  func leaderboard(_ call: Call) async throws(Problem) -> Answer {
    let board = try board(call.query)
    let limit = try call.query.integer("limit", in: 1...limits.pageRows) ?? 50
    let after = try cursor(call.query)
    try await readyAt(call)
    if let past = try await past(call) {
      let rows = past.leaderboard(board, after: after, limit: limit + 1)
      let page = BoardPage(
        rows: Array(rows.prefix(limit)), hasMore: rows.count > limit, listed: past.listedCount(board))
      let names = try await self.names.names(of: page.rows.map(\.key.user))
      let asOf = ["asOf", "rules"].compactMap { name in call.query[name].map { "\(name)=\($0)&" } }.joined()
      return answers.answer(
        of: content(page, board, names, limit: limit, asOf: asOf), call, position: past.position.rawValue,
        model: library.modelVersion)
    }
    let key = "leaderboard \(board.name) \(limit) \(after?.text ?? "")"
    return try await kept(key, call, stamp: live.revision(of: board)) { () async throws(Problem) in
      let page = live.page(of: board, after: after, limit: limit)
      let names = try await self.names.names(of: page.rows.map(\.key.user))
      return content(page, board, names, limit: limit)
    }
  }

  func leaderboardAround(_ call: Call) async throws(Problem) -> Answer {
    let user: UserID = try call.identifier(0, of: .unknownUser, "an account")
    let board = try board(call.query)
    let limit = try call.query.integer("limit", in: 1...limits.pageRows) ?? 11
    try await readyAt(call)
    func listed(_ page: BoardPage?) throws(Problem) -> BoardPage {
      if let page { return page }
      throw Problem(
        .unknownUser, "The account \(user) is not on the leaderboard \(board.name): five ranked first runs list one.")
    }
    if let past = try await past(call) {
      let rows = past.leaderboard(board, around: user, limit: limit)
      let page = try listed(rows.map { BoardPage(rows: $0, hasMore: false, listed: past.listedCount(board)) })
      let names = try await self.names.names(of: page.rows.map(\.key.user))
      return answers.answer(
        of: content(page, board, names, limit: nil), call, position: past.position.rawValue,
        model: library.modelVersion)
    }
    let key = "around \(board.name) \(limit) \(user)"
    return try await kept(key, call, stamp: live.revision(of: board)) { () async throws(Problem) in
      let page = try listed(live.page(of: board, around: user, limit: limit))
      let names = try await self.names.names(of: page.rows.map(\.key.user))
      return content(page, board, names, limit: nil)
    }
  }

  /// Waits for the position asked for, and refuses as long as the projections are not complete.
  func readyAt(_ call: Call) async throws(Problem) {
    try live.requireReady()
    try await awaitPosition(call)
  }

  /// The answer kept under a key, or the one that `make` makes now.
  func kept(
    _ key: String, _ call: Call, stamp: UInt64, _ make: () async throws(Problem) -> AnswerCache.Content
  ) async throws(Problem) -> Answer {
    let position = live.position.rawValue
    if let content = answers.content(key, stamp: stamp) {
      return answers.answer(of: content, call, position: position, model: library.modelVersion)
    }
    let content = try await make()
    answers.keep(content, key, stamp: stamp)
    return answers.answer(of: content, call, position: position, model: library.modelVersion)
  }

  private func board(_ query: Query) throws(Problem) -> LeaderboardScope {
    let season = try query.integer("season", in: 1950...2999)
    guard let circuit = query["circuit"] else { return season.map { .season(Int16($0)) } ?? .overall }
    guard (1...64).contains(circuit.unicodeScalars.count) else {
      throw Problem(
        .invalidValue, "circuit has \(circuit.unicodeScalars.count) characters; 1 to 64 were expected.",
        parameter: "circuit")
    }
    guard season == nil else {
      throw Problem(.invalidValue, "season and circuit do not go together: ask for one of them.", parameter: "circuit")
    }
    return .circuit(circuit)
  }

  private func cursor(_ query: Query) throws(Problem) -> LeaderboardKey? {
    guard let text = query["after"] else { return nil }
    guard let cursor = LeaderboardKey(text) else {
      throw Problem(
        .invalidValue, "after is \"\(text.prefix(64))\"; take it from the link to the next page.", parameter: "after")
    }
    return cursor
  }

  private func content(
    _ page: BoardPage, _ board: LeaderboardScope, _ names: [UserID: String], limit: Int?,
    asOf: String = ""
  ) -> AnswerCache.Content {
    var json = JSONWriter(capacity: 160 * page.rows.count + 256)
    json.field("board", board.name)
    json.field("listed", page.listed)
    json.array("rows", page.rows) { json, row in
      json.object { json in
        json.field("rank", row.rank)
        json.field("user", row.key.user.description)
        json.field("name", names[row.key.user])
        json.decimal("iq", row.key.rating, places: 2)
        json.decimal("interval", row.interval, places: 2)
        json.field("races", row.key.runs)
        json.field("synthetic", row.isSynthetic)
      }
    }
    let next = limit != nil && page.hasMore ? page.rows.last.map { $0.key.text } : nil
    json.field("next", next)
    let link = next.map { next in
      "</api/v1/leaderboard?\(board.query)\(asOf)limit=\(limit ?? 50)&after=\(next)>; rel=\"next\""
    }
    return .init(members: json.bytes, caching: .revalidate, link: link)
  }
}
