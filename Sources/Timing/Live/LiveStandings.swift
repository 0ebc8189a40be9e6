/// How a session stands by what has ended so far: who is where, how far behind, on which tyres.
public struct LiveStandings: Sendable, Equatable {
  /// One car.
  public struct Car: Sendable, Equatable {
    /// The car's number.
    public var number: Int
    /// Three letters; empty when unknown.
    public var code: String
    /// The team's name; empty when unknown.
    public var team: String
    /// Laps that it has ended.
    public var laps: Int
    /// The last of them, in ms; nil where the feed gave no time.
    public var lastLap: Int?
    /// The fastest of them, in ms.
    public var bestLap: Int?
    /// In a race, how much later than the leader it ended its last lap, in ms. Otherwise how much slower its best lap is
    /// than the best of all.
    public var gap: Int?
    /// The tyre as the feed names it.
    public var compound: String?
    /// Laps on the set.
    public var tyreLife: Int?
    /// Times that it came in.
    public var stops: Int
    /// It is in the pit lane, or was when it was last heard of.
    public var isInPit: Bool
    /// The feed says that it retired.
    public var isRetired: Bool
  }

  /// What kind of session it is.
  public var kind: SessionKind
  /// `Started`, `Aborted`, `Finished` and so on, in the feed's words; nil before the first.
  public var status: String?
  /// The track's status as a digit of the feed, from 1 (clear) to 7; nil before the first.
  public var trackStatus: String?
  /// Laps that the leader has ended; 0 before the first.
  public var lap: Int
  /// Laps of the race; nil where the feed does not count them.
  public var totalLaps: Int?
  /// The cars, first to last: in a race in the order over the line, otherwise by their best laps.
  public var cars: [Car]

  /// The feed tells that the session is over: after the flag cars still come home, so it is not the flag.
  public var isOver: Bool { status.map { Self.endings.contains($0) } ?? false }

  private static let endings: Set = ["Finalised", "Ends"]
}

extension LiveSession {
  /// How the session stands.
  ///
  /// - Complexity: O(what the feed said so far), as for laps.
  public var standings: LiveStandings {
    let laps = laps().compactMap(EndedLaps.init)
    let isRace = kind.isRaceLike
    let ordered = laps.sorted { isRace ? $0.isAhead(of: $1) : $0.isFaster(than: $1) }
    return LiveStandings(
      kind: kind, status: topics.statuses.last?.status, trackStatus: topics.trackStatuses.last?.code,
      lap: laps.map(\.count).max() ?? 0, totalLaps: topics.lapCounts.last { $0.total != nil }?.total,
      cars: ordered.map { car($0, leader: ordered[0], isRace: isRace) })
  }

  private func car(_ laps: EndedLaps, leader: EndedLaps, isRace: Bool) -> LiveStandings.Car {
    let feed = topics.timing.cars.first { $0.number == laps.last.number }
    return LiveStandings.Car(
      number: laps.last.number, code: laps.last.code, team: laps.last.team, laps: laps.count, lastLap: laps.last.time,
      bestLap: laps.best, gap: isRace ? laps.gap(to: leader) : laps.deficit(to: leader),
      compound: laps.last.compound.flatMap { $0.isEmpty ? nil : $0 }, tyreLife: laps.last.tyreLife,
      stops: laps.stops, isInPit: feed?.patches.last { $0.isInPit != nil }?.isInPit ?? false,
      isRetired: feed?.isRetired ?? false)
  }
}

/// What one car has driven: its laps that have ended.
private struct EndedLaps {
  let last: SessionLap
  let best: Int?
  let stops: Int
  /// When each lap ended, by its number.
  private let ends: [Int: Int]

  var count: Int { last.lap }

  /// Nil for a car that has not ended a lap.
  init?(_ laps: [SessionLap]) {
    let ended = laps.filter { $0.end != nil && !$0.isGenerated }
    guard let last = ended.last else { return nil }
    self.last = last
    best = ended.filter { $0.isDeleted != true }.compactMap(\.time).min()
    stops = laps.count { $0.pitIn != nil }
    ends = Dictionary(ended.map { ($0.lap, $0.end ?? 0) }, uniquingKeysWith: { _, later in later })
  }

  /// More laps, or as many laps earlier.
  func isAhead(of other: EndedLaps) -> Bool {
    (-count, last.end ?? .max, last.number) < (-other.count, other.last.end ?? .max, other.last.number)
  }

  /// A faster best lap; cars without one come last.
  func isFaster(than other: EndedLaps) -> Bool {
    (best ?? .max, last.number) < (other.best ?? .max, other.last.number)
  }

  func gap(to leader: EndedLaps) -> Int? {
    guard let own = ends[count], let first = leader.ends[count] else { return nil }
    return own - first
  }

  func deficit(to leader: EndedLaps) -> Int? {
    guard let best, let first = leader.best else { return nil }
    return best - first
  }
}
