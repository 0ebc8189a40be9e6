import Events
import Server

/// Every decision of an account, page by page from the API.
struct DecisionList {
  let user: UserID
  let console: Console

  private struct Page: Decodable {
    struct Decision: Decodable {
      let position: Int64
      let lap: Int
      let kind: String
      let value: String?
      let regretMilliseconds: Int64?
      let optimal: Bool?
      let season: Int?
      let round: Int?
      let driver: String?
    }
    let decisions: [Decision]
    let next: Int?
  }

  /// Prints all pages: a table for people, the API's own pages, one a line, for programs.
  func print(_ output: OutputOptions) async throws {
    var after: Int? = 0
    var count = 0
    var table = TextTable([
      ("position", .right), ("race", .left), ("car", .left), ("lap", .right), ("decision", .left), ("cost", .right),
      ("", .left),
    ])
    while let start = after {
      let target = "/api/v1/audit/users/\(user)/decisions?after=\(start)&limit=500"
      if output.json { try await printReply(console, target) }
      let page = try await ask(console, target, as: Page.self)
      for decision in page.decisions { table.add(Self.cells(decision)) }
      count += page.decisions.count
      after = page.next
    }
    if output.json { return }
    for line in table.lines { Terminal.print(line) }
    Terminal.print("\(grouped(count)) decisions of \(user)")
  }

  private static func cells(_ decision: Page.Decision) -> [String] {
    let race = decision.season.map { "\($0)-\(decision.round ?? 0)" } ?? ""
    return [
      "\(decision.position)", race, decision.driver ?? "", "\(decision.lap)",
      decision.kind + (decision.value.map { " \($0)" } ?? ""),
      decision.regretMilliseconds.map(difference) ?? "hidden", decision.optimal == true ? "as good as the best" : "",
    ]
  }
}
