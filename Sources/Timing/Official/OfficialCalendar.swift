/// The races of a season as the results service lists them.
public struct OfficialCalendar: Sendable, Equatable {
  /// A Grand Prix.
  public struct Race: Sendable, Equatable {
    /// The season.
    public var season: Int
    /// Its number in the season.
    public var round: Int
    /// `Monaco Grand Prix`.
    public var name: String
    /// The service's name of the circuit.
    public var circuitID: String
    /// The circuit in words.
    public var circuit: String
    /// The town.
    public var locality: String
    /// The country in words.
    public var country: String
    /// `2023-05-28`.
    public var date: String
    /// The sessions with the beginning of each that is known, in milliseconds since 1970.
    public var sessions: [SessionKind: Int?]

    /// Its name in URLs; nil where the name is not known.
    public var slug: String? { GrandPrixNames.named(name)?.slug }
    /// It has a sprint.
    public var isSprintWeekend: Bool { sessions[.sprint] != nil }
  }

  /// In order of rounds.
  public private(set) var races: [Race] = []

  /// Nothing.
  public init() {}

  /// Takes one page in; pages may come in any order and twice.
  public mutating func read(_ answer: OfficialAnswer) {
    for entry in answer.races {
      guard let race = Race(entry) else { continue }
      races.removeAll { $0.season == race.season && $0.round == race.round }
      races.append(race)
    }
    races.sort { ($0.season, $0.round) < ($1.season, $1.round) }
  }
}

extension OfficialCalendar.Race {
  private static let lists: [(key: String, kind: SessionKind)] = [
    ("FirstPractice", .fp1), ("SecondPractice", .fp2), ("ThirdPractice", .fp3), ("Qualifying", .qualifying),
    ("Sprint", .sprint), ("SprintShootout", .sprintQualifying), ("SprintQualifying", .sprintQualifying),
  ]

  init?(_ entry: JSONValue) {
    guard let season = entry["season"]?.whole, let round = entry["round"]?.whole else { return nil }
    self.season = season
    self.round = round
    name = entry["raceName"]?.string ?? ""
    let place = entry["Circuit"]?["Location"]
    circuitID = entry["Circuit"]?["circuitId"]?.string ?? ""
    circuit = entry["Circuit"]?["circuitName"]?.string ?? ""
    locality = place?["locality"]?.string ?? ""
    country = place?["country"]?.string ?? ""
    date = entry["date"]?.string ?? ""
    sessions = [.race: OfficialCalendar.Race.instant(entry)]
    for (key, kind) in OfficialCalendar.Race.lists {
      guard let session = entry[key] else { continue }
      sessions[kind] = OfficialCalendar.Race.instant(session)
    }
  }

  /// Nil where only the day is known.
  private static func instant(_ entry: JSONValue) -> Int? {
    guard let date = entry["date"]?.string, let time = entry["time"]?.string else { return nil }
    return UTCText.instant("\(date)T\(time)")
  }
}
