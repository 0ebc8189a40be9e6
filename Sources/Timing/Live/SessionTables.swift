/// Everything that laps are put together from, whatever it was read from.
struct SessionTables: Sendable {
  /// A car of the session's list.
  struct Driver: Sendable, Equatable {
    var number: Int
    var code = ""
    var firstName = ""
    var lastName = ""
    var fullName = ""
    var broadcastName = ""
    var team = ""
    var teamColour: String?
    var countryCode: String?
  }

  /// Practice, qualifying or race.
  var kind = SessionKind.race
  /// Cars with their laps, ends aligned, in the order first named.
  var cars: [CarLaps] = []
  /// Tyre messages by car number.
  var tyres: [Int: [TyrePatch]] = [:]
  /// The set on each car when a recording began in mid-session, by car number.
  var firstSets: [Int: Int] = [:]
  /// The cars' list, by number.
  var drivers: [Int: Driver] = [:]
  /// Announcements about the session, ascending.
  var statuses: [(time: Int, status: String)] = []
  /// The track's status, ascending.
  var trackStatuses: [(time: Int, code: String)] = []
  /// Race control's messages; nil where there is no such topic.
  var messages: [RaceControlMessage]?
  /// `TotalLaps` as sent last.
  var totalLaps: Int?
  /// Official times of lap 1 by car number.
  var firstLapTimes: [Int: Int] = [:]
  /// Cars that withdrew.
  var withdrawn: Set<Int> = []
  /// The laps come from FastF1's own tables, so that the messages behind them cannot be asked.
  var isIntermediate = false
  /// The laps come from a recording, which may have begun after what is said only once.
  var isRecording = false
  /// Laps that each car had completed when the recording began, by car number.
  var joinedLaps: [Int: Int] = [:]

  /// When the session was first announced as started.
  var start: Int? { statuses.first { $0.status == "Started" }?.time }
}

/// A message about a car's tyres.
struct TyrePatch: Sendable, Equatable {
  var time: Int
  /// The set's index as the feed counts.
  var key: Int
  var compound: String?
  /// Laps that the set had before it was fitted.
  var startLaps: Int?
  var isNew: Bool?
  /// The car drove through the pit lane on the same set.
  var isUnchanged: Bool?
  /// Laps that the set has, by the feed's own count.
  var totalLaps: Int?
}

/// A message of race control.
public struct RaceControlMessage: Sendable, Equatable {
  /// Milliseconds since 1970; nil when unreadable.
  public var utcMilliseconds: Int?
  /// Session time of the line that brought it; nil when unknown.
  public var sessionMilliseconds: Int?
  /// The lap it names.
  public var lap: Int?
  /// Flag, SafetyCar, Drs, CarEvent, Other.
  public var category: String
  /// The colour shown.
  public var flag: String?
  /// Track, Sector or Driver.
  public var scope: String?
  /// The marshalling sector.
  public var sector: Int?
  /// The car it speaks of.
  public var number: Int?
  /// DEPLOYED, ENDING, ENABLED, DISABLED.
  public var status: String?
  /// VIRTUAL SAFETY CAR or SAFETY CAR.
  public var mode: String?
  /// The words.
  public var text: String

  /// A message; what is left out is unknown.
  public init(
    utcMilliseconds: Int? = nil, sessionMilliseconds: Int? = nil, lap: Int? = nil, category: String = "",
    flag: String? = nil, scope: String? = nil, sector: Int? = nil, number: Int? = nil, status: String? = nil,
    mode: String? = nil, text: String
  ) {
    self.utcMilliseconds = utcMilliseconds
    self.sessionMilliseconds = sessionMilliseconds
    self.lap = lap
    self.category = category
    self.flag = flag
    self.scope = scope
    self.sector = sector
    self.number = number
    self.status = status
    self.mode = mode
    self.text = text
  }
}
