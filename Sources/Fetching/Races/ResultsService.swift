import Timing

/// Official results: the calendar leads to the round, the round to its lists, page by page.
struct ResultsService: Sendable {
  let base: BaseAddress
  let wish: RaceWish

  /// The first seasons of which it has lap times and stops.
  private static let firstLaps = 1996
  private static let firstStops = 2011
  /// A race has at most fifteen pages of a hundred timings; more pages mean that the service counts differently.
  private static let mostPages = 60

  func gather(_ harvest: inout Harvest) async throws(Harvest.Failure) {
    let round = try await round(&harvest)
    harvest.round = round
    let race = "\(wish.season)/\(round)"
    let results = OfficialAnswer(
      try await harvest.need("results", as: "results.json", [request("\(race)/results.json?limit=100")]))
    guard results.outcome == .rows else { throw .nothing("there are no results yet") }
    if wish.season >= Self.firstLaps { try await pages("laps", of: race, &harvest) }
    if wish.season >= Self.firstStops { try await pages("pitstops", of: race, &harvest) }
  }

  private func round(_ harvest: inout Harvest) async throws(Harvest.Failure) -> Int {
    if let round = wish.round { return round }
    var calendar = OfficialCalendar()
    calendar.read(OfficialAnswer(try await harvest.need("calendar", [request("\(wish.season).json?limit=100")])))
    guard let race = calendar.races.first(where: { $0.slug == wish.slug && $0.season == wish.season }) else {
      throw .unknownRace(known: calendar.races.compactMap(\.slug))
    }
    return race.round
  }

  /// Every page of a list. A page that does not come ends the list: half of it would be taken for the whole.
  private func pages(_ list: String, of race: String, _ harvest: inout Harvest) async throws(Harvest.Failure) {
    var pages = OfficialPages()
    for _ in 0..<Self.mostPages {
      guard let offset = pages.next else { return }
      let page = try await harvest.want(
        offset == 0 ? list : "\(list) from \(offset)", as: "\(list)_\(Self.padded(offset)).json",
        [request("\(race)/\(list).json?limit=100&offset=\(offset)")])
      guard let page else { return }
      let answer = OfficialAnswer(page)
      pages.take(answer)
      guard answer.outcome == .rows, pages.next.map({ $0 > offset }) ?? true else { return }
    }
  }

  private func request(_ path: String) -> BodyRequest {
    BodyRequest(base: base, path: path, expectation: Self.expectation, pace: NetworkSource.jolpica.pace)
  }

  private static let expectation = Expectation.json { bytes in
    switch OfficialAnswer(bytes).outcome {
    case .rows, .empty: nil
    case .refused(let detail): "the service refused: \(detail.prefix(120))"
    case .unreadable: "this is no answer of the results service"
    }
  }

  private static func padded(_ offset: Int) -> String {
    let digits = "\(offset)"
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
