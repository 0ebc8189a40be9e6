/// The sessions of a season as the archive of live timing lists them.
public struct SeasonIndex: Sendable, Equatable {
  /// A race weekend, or a test.
  public struct Meeting: Sendable, Equatable {
    /// F1's own key, which other services use as well.
    public var key: Int?
    /// The number in the season.
    public var number: Int?
    /// `Monaco Grand Prix`.
    public var name: String
    /// With the sponsor.
    public var officialName: String?
    /// The town.
    public var location: String?
    /// The country in words.
    public var country: String?
    /// F1's key of the circuit.
    public var circuitKey: Int?
    /// The circuit's short name.
    public var circuit: String?
    /// In the order listed.
    public var sessions: [Session]
  }

  /// One session.
  public struct Session: Sendable, Equatable {
    /// F1's own key.
    public var key: Int
    /// `Practice`, `Qualifying` or `Race`.
    public var type: String
    /// `Practice 1`, `Sprint Shootout`.
    public var name: String
    /// What it is; nil where type and name say nothing known.
    public var kind: SessionKind?
    /// The scheduled start and end in milliseconds since 1970.
    public var startUTC, endUTC: Int?
    /// Milliseconds that local time is ahead of UTC.
    public var gmtOffset: Int?
    /// Where its files lie below `static/`, with a slash behind; nil where it was cancelled. It is never built.
    public var path: String?
  }

  /// The season.
  public var year: Int?
  /// In the order listed.
  public var meetings: [Meeting]
  /// Entries that are no session: an empty twin of a real one.
  public var emptyEntries = 0

  /// The index in those bytes; nil where they are none, such as a web page.
  public init?(_ bytes: [UInt8]) {
    guard let index = JSONValue(bytes), case .array(let listed) = index["Meetings"] else { return nil }
    year = index["Year"]?.whole
    meetings = []
    for meeting in listed {
      let name = meeting["Name"]?.string ?? ""
      var sessions: [Session] = []
      for (_, entry) in meeting["Sessions"]?.indexed ?? [] {
        if let session = Session(entry, meeting: name) {
          sessions.append(session)
        } else {
          emptyEntries += 1
        }
      }
      meetings.append(Meeting(meeting, name: name, sessions: sessions))
    }
  }

  /// The Grand Prix of that name in URLs: `monaco`.
  public func meeting(slug: String) -> Meeting? { meetings.first { $0.slug == slug } }

  /// The number of a Grand Prix in the season: as listed, else its place among those that were held.
  public func round(of meeting: Meeting) -> Int? {
    if let number = meeting.number { return number }
    let held = meetings.filter { $0.race != nil && $0.slug != nil }
    return held.firstIndex { $0.key == meeting.key && $0.name == meeting.name }.map { $0 + 1 }
  }

  /// The session with that key.
  public func session(key: Int) -> Session? {
    meetings.lazy.flatMap(\.sessions).first { $0.key == key }
  }
}

extension SeasonIndex.Meeting {
  /// Its name in URLs; nil for a test and for names that are not known.
  public var slug: String? { GrandPrixNames.named(name)?.slug }

  /// Its race; nil where none was held.
  public var race: SeasonIndex.Session? { sessions.first { $0.kind == .race && $0.path != nil } }

  init(_ entry: JSONValue, name: String, sessions: [SeasonIndex.Session]) {
    key = entry["Key"]?.whole
    number = entry["Number"]?.whole
    self.name = name
    officialName = entry["OfficialName"]?.string
    location = entry["Location"]?.string
    country = entry["Country"]?["Name"]?.string
    circuitKey = entry["Circuit"]?["Key"]?.whole
    circuit = entry["Circuit"]?["ShortName"]?.string
    self.sessions = sessions
  }
}

extension SeasonIndex.Session {
  /// Nil for an entry without a key or a name.
  init?(_ entry: JSONValue, meeting: String) {
    guard let key = entry["Key"]?.whole, key >= 0, let name = entry["Name"]?.string else { return nil }
    self.key = key
    self.name = name
    type = entry["Type"]?.string ?? ""
    kind = SessionKind(type: type, name: name, meeting: meeting)
    gmtOffset = entry["GmtOffset"]?.string.flatMap(UTCText.gmtOffset)
    startUTC = SeasonIndex.Session.utc(entry["StartDate"], gmtOffset)
    endUTC = SeasonIndex.Session.utc(entry["EndDate"], gmtOffset)
    path = entry["Path"]?.string
  }

  /// Dates are local.
  private static func utc(_ date: JSONValue?, _ offset: Int?) -> Int? {
    guard let offset, let local = date?.string.flatMap(UTCText.instant) else { return nil }
    return local - offset
  }
}
