import Timing

/// OpenF1: the season's meetings lead to the weekend, its sessions to the race.
struct OpenF1Service: Sendable {
  let base: BaseAddress
  let wish: RaceWish
  let token: SourceToken?

  func gather(_ harvest: inout Harvest) async throws(Harvest.Failure) {
    let meetings = try await harvest.need("meetings", as: "meetings.json", [request("meetings?year=\(wish.season)")])
    guard let meeting = OpenF1Index.meetingKey(slug: wish.slug, in: meetings) else {
      throw .unknownRace(known: OpenF1Index.slugs(in: meetings))
    }
    let sessions = try await harvest.need(
      "sessions", as: "sessions.json", [request("sessions?meeting_key=\(meeting)")])
    guard let race = OpenF1Index.sessionKey(named: "Race", in: sessions) else {
      throw .nothing("no race was held, or it is not listed yet")
    }
    _ = try await harvest.need("laps", as: "laps.json", [request("laps?session_key=\(race)")])
    for endpoint in OpenF1Session.endpointNames where !["laps", "meetings", "sessions"].contains(endpoint) {
      // A grid is listed with the qualifying that made it.
      let key = endpoint == "starting_grid" ? OpenF1Index.sessionKey(named: "Qualifying", in: sessions) : race
      guard let key else { continue }
      _ = try await harvest.want(endpoint, as: "\(endpoint).json", [request("\(endpoint)?session_key=\(key)")])
    }
  }

  private func request(_ path: String) -> BodyRequest {
    BodyRequest(base: base, path: path, expectation: .json(), pace: NetworkSource.openF1.pace, token: token)
  }
}
