import EventStore
import Events
import Racing

/// One decision as the audit shows it.
struct AuditedDecision: Sendable {
  let event: RecordedEvent
  let decision: DecisionMade
  /// How the run it belongs to began; nil when that lies before the page and is not projected.
  let run: RunFacts?
}

/// What a decision's run is about.
struct RunFacts: Sendable {
  let race: RaceKey
  let driver: DriverCode
  let isOver: Bool
}

extension Api {
  /// A page of decisions.
  struct DecisionPage {
    var rows: [AuditedDecision] = []
    /// Where the next page begins; nil on the last one.
    var next: Version?
    /// Races whose outcome the page tells something of.
    var races: [RaceSummary] = []
  }

  /// Decisions of an account behind its own count of events. One index range for every thousand events.
  func decisions(of user: UserID, after: Version, limit: Int) async throws(Problem) -> DecisionPage {
    var page = DecisionPage()
    var seen = after
    while page.rows.count < limit {
      let events: [RecordedEvent]
      do { events = try await reader.events(by: user, after: seen, limit: 1000) } catch { throw Problem(error) }
      for event in events where page.rows.count < limit {
        seen = event.actorVersion ?? seen
        if case .decisionMade(let decision) = event.event {
          page.rows.append(AuditedDecision(event: event, decision: decision, run: live.run(event.stream)))
        }
      }
      if events.count < 1000 && page.rows.count < limit { return finished(page) }
    }
    page.next = seen
    return finished(page)
  }

  private func finished(_ page: DecisionPage) -> DecisionPage {
    var page = page
    let races = Set(page.rows.compactMap { $0.run?.race })
    page.races = races.sorted().compactMap { library.summary($0) }
    return page
  }
}

extension JSONWriter {
  mutating func members(of row: AuditedDecision) {
    field("position", row.event.position.rawValue)
    field("actorVersion", row.event.actorVersion?.rawValue)
    field("at", row.event.recordedAt.text)
    field("simulation", row.event.stream.description)
    field("version", row.event.version.rawValue)
    field("season", row.run?.race.season)
    field("round", row.run?.race.round)
    field("driver", row.run?.driver.description)
    members(of: row.decision, isOver: row.run?.isOver ?? false)
  }
}
