/// What the results service says of a session.
public struct OfficialResults: Sendable, Equatable {
  /// One car's result.
  public struct Row: Sendable, Equatable {
    /// The car's number in that round.
    public var number: Int
    /// The service's name of the driver.
    public var driverID = ""
    /// Three letters; empty when unknown.
    public var code = ""
    /// First and last name.
    public var name = ""
    /// The service's name of the constructor.
    public var constructorID = ""
    /// The constructor in words.
    public var constructor = ""
    /// The place in the list.
    public var position: Int?
    /// `1`, `R`, `D`, `W`, `E`, `F`, `N`.
    public var positionText = ""
    /// The driver's own number of today, whatever was on the car.
    public var permanentNumber: Int?
    /// The car's fastest lap.
    public var fastestLap: Int?
    /// Its time in milliseconds.
    public var fastestLapTime: Int?
    /// 0 is the pit lane.
    public var grid: Int?
    /// Completed laps.
    public var laps: Int?
    /// In words: Finished, Lapped, the cause of a retirement.
    public var status = ""
    /// Hundredths of points.
    public var pointsHundredths: Int?
    /// The whole race time with penalties, in milliseconds.
    public var time: Int?
    /// Best times of the parts of qualifying, in milliseconds.
    public var qualifying1, qualifying2, qualifying3: Int?

    /// An empty result of that car.
    public init(number: Int) {
      self.number = number
    }
  }

  /// What one answer lists.
  public enum List: String, Sendable, CaseIterable {
    case race = "Results"
    case sprint = "SprintResults"
    case qualifying = "QualifyingResults"
  }

  /// The rows of each list that was read.
  public var lists: [List: [Row]] = [:]
  /// Lap times by lap and by the service's name of the driver.
  public var lapTimes: [Int: [String: Int]] = [:]
  /// Places at the end of each lap.
  public var lapPositions: [Int: [String: Int]] = [:]
  /// Stops, driver by driver and in order.
  public var pitStops: [OfficialPitStop] = []
  /// Season and round.
  public var season, round: Int?
  /// `Azerbaijan Grand Prix`.
  public var raceName: String?
  /// The circuit's name there.
  public var circuitID: String?
  /// `2018-04-29`.
  public var date: String?

  /// Nothing.
  public init() {}

  /// The answers in those files, pages of one list in any order. What cannot be read is left out.
  public init(answers paths: [String], limits: ReadingLimits = ReadingLimits()) {
    for path in paths {
      guard let file = try? InputFile(path: path, limits: limits), let answer = JSONValue(file.bytes) else { continue }
      read(answer)
    }
  }

  /// The answers in a directory whose names begin with `jolpica_`. What cannot be read is left out.
  init(folder: Folder) {
    for name in folder.names where name.hasPrefix("jolpica_") && name.hasSuffix(".json") {
      guard let file = try? folder.optionalFile(name), let answer = JSONValue(file.bytes) else { continue }
      read(answer)
    }
  }

  /// Numbers by the service's name of the driver, as they were in that round.
  public var numbers: [String: Int] {
    var numbers: [String: Int] = [:]
    for list in List.allCases { for row in lists[list] ?? [] { numbers[row.driverID] = row.number } }
    return numbers
  }

  /// Official times of lap 1 by car number.
  public var firstLapTimes: [Int: Int] {
    let numbers = numbers
    var times: [Int: Int] = [:]
    for (driver, time) in lapTimes[1] ?? [:] { if let number = numbers[driver] { times[number] = time } }
    return times
  }

  /// The rows of the session's own list.
  public func rows(_ kind: SessionKind) -> [Row] {
    switch kind {
    case .race: lists[.race] ?? []
    case .sprint: lists[.sprint] ?? []
    case .qualifying: lists[.qualifying] ?? []
    default: []
    }
  }

  func withdrawn(_ kind: SessionKind) -> Set<Int> {
    Set(rows(kind).filter { $0.positionText == "W" }.map(\.number))
  }
}
