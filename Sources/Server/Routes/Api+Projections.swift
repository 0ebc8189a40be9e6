import Events

extension Api {
  func optimal(_ call: Call) async throws(Problem) -> Answer { throw Problem(.notReady, "") }
  func leaderboard(_ call: Call) async throws(Problem) -> Answer { throw Problem(.notReady, "") }
  func leaderboardAround(_ call: Call) async throws(Problem) -> Answer { throw Problem(.notReady, "") }
}
extension LiveProjections {
  func run(_ id: StreamID) -> RunFacts? { nil }
}
