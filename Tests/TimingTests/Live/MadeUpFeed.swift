import TestSupport

@testable import Timing

/// A race as the feed would have told it, made from laps that are known: the oracle of the tests that read it back.
struct MadeUpFeed {
  struct Car {
    var number: Int
    var code: String
    /// Three sectors for each lap.
    var laps: [[Int]]
    /// The lap that ends in the pits.
    var stop: Int?
  }

  static let started = 3_600_000
  static let stopMilliseconds = 22_000

  var cars: [Car]
  var lineEnd = "\r\n"

  init(cars count: Int, laps: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    cars = (0..<count).map { index in
      Car(
        number: 10 + index, code: "AA" + String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index))),
        laps: (0..<laps).map { _ in (0..<3).map { _ in Int.random(in: 28_000...32_000, using: &random) } },
        stop: index.isMultiple(of: 2) ? laps / 2 : nil)
    }
  }

  /// The lines of a topic: stamp and object, in the order of time.
  private struct Line {
    var time: Int
    var text: String
  }

  /// Topic by topic, as files of a session.
  var files: [String: String] {
    [
      "SessionInfo.jsonStream": text([
        Line(
          time: 100,
          text: """
            {"Meeting":{"Key":1,"Name":"Monaco Grand Prix","Location":"Monaco","Number":3},"Key":9,"Type":"Race",\
            "Name":"Race","StartDate":"2023-05-07T15:00:00","EndDate":"2023-05-07T17:00:00","GmtOffset":"02:00:00"}
            """)
      ]),
      "DriverList.jsonStream": text([Line(time: 100, text: "{\(cars.map(Self.driver).joined(separator: ","))}")]),
      "SessionStatus.jsonStream": text([
        Line(time: 200, text: "{\"Status\":\"Inactive\"}"),
        Line(time: Self.started, text: "{\"Status\":\"Started\"}"),
        Line(time: end + 60_000, text: "{\"Status\":\"Finished\"}"),
      ]),
      "TrackStatus.jsonStream": text([Line(time: 150, text: "{\"Status\":\"1\",\"Message\":\"AllClear\"}")]),
      "LapCount.jsonStream": text([
        Line(time: 300, text: "{\"CurrentLap\":1,\"TotalLaps\":\(cars[0].laps.count)}")
      ]),
      "TimingAppData.jsonStream": text(tyres), "TimingData.jsonStream": text(timing),
    ]
  }

  private var end: Int { cars.map { car in Self.started + car.laps.joined().reduce(0, +) }.max() ?? 0 }

  private static func driver(_ car: Car) -> String {
    """
    "\(car.number)":{"RacingNumber":"\(car.number)","Tla":"\(car.code)","FullName":"Driver \(car.code)",\
    "TeamName":"Team \(car.number / 2)","Line":\(car.number)}
    """
  }

  private var tyres: [Line] {
    cars.flatMap { car -> [Line] in
      var lines = [
        Line(
          time: 1_000,
          text: """
            {"Lines":{"\(car.number)":{"GridPos":"\(car.number - 9)","Stints":[{"Compound":"SOFT","New":"true",\
            "TyresNotChanged":"0","TotalLaps":0,"StartLaps":0}]}}}
            """)
      ]
      if let stop = car.stop {
        lines.append(
          Line(
            time: Self.started + car.laps[0..<stop].joined().reduce(0, +) + 15_000,
            text: """
              {"Lines":{"\(car.number)":{"Stints":{"1":{"Compound":"HARD","New":"true","TyresNotChanged":"0",\
              "TotalLaps":0,"StartLaps":0}}}}}
              """))
      }
      return lines
    }
  }

  private var timing: [Line] {
    cars.flatMap(Self.timing)
  }

  private static func timing(_ car: Car) -> [Line] {
    var lines: [Line] = []
    var clock = started
    func say(_ time: Int, _ members: String) {
      lines.append(Line(time: time, text: "{\"Lines\":{\"\(car.number)\":{\(members)}}}"))
    }
    say(500, "\"NumberOfLaps\":0,\"InPit\":false,\"PitOut\":false")
    for (index, sectors) in car.laps.enumerated() {
      let isOut = car.stop == index
      if isOut { say(clock + 14_000, "\"InPit\":false,\"PitOut\":true") }
      for sector in 0..<3 {
        clock += sectors[sector]
        if sector == 2 {
          if car.stop == index + 1 { say(clock - 4_000, "\"InPit\":true,\"NumberOfPitStops\":1") }
          say(
            clock,
            """
            "NumberOfLaps":\(index + 1),"Sectors":{"2":{"Value":"\(seconds(sectors[2]))"}},\
            "LastLapTime":{"Value":"\(clockText(sectors.reduce(0, +)))"},"GapToLeader":"+\(car.number).000",\
            "IntervalToPositionAhead":{"Value":"+1.000"},"Position":"\(car.number - 9)"
            """)
        } else {
          say(clock, "\"Sectors\":{\"\(sector)\":{\"Value\":\"\(seconds(sectors[sector]))\"}}")
        }
      }
    }
    return lines
  }

  private func text(_ lines: [Line]) -> String {
    "\u{FEFF}"
      + lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map { Self.stamp($0.element.time) + $0.element.text + lineEnd }.joined()
  }

  static func stamp(_ time: Int) -> String {
    "\(pad(time / 3_600_000, 2)):\(pad(time / 60_000 % 60, 2)):\(pad(time / 1_000 % 60, 2)).\(pad(time % 1_000, 3))"
  }

  private static func seconds(_ time: Int) -> String { "\(time / 1_000).\(pad(time % 1_000, 3))" }

  private static func clockText(_ time: Int) -> String {
    "\(time / 60_000):\(pad(time / 1_000 % 60, 2)).\(pad(time % 1_000, 3))"
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// Changes to the files of a session, line by line.
extension [String: String] {
  /// The files with a line more, in its place in time; behind those with the same stamp.
  func adding(_ topic: String, at time: Int, _ object: String) -> [String: String] {
    var files = self
    let name = topic + ".jsonStream"
    let stamp = MadeUpFeed.stamp(time)
    var lines = (files[name] ?? "\u{FEFF}").dropFirst().split(whereSeparator: \.isNewline).map(String.init)
    lines.insert(stamp + object, at: lines.firstIndex { String($0.prefix(12)) > stamp } ?? lines.count)
    files[name] = "\u{FEFF}" + lines.map { $0 + "\r\n" }.joined()
    return files
  }

  /// The files with every line of a topic changed, or left out where `change` returns nil.
  func changing(_ topic: String, _ change: (_ time: Int, _ object: String) -> String?) -> [String: String] {
    var files = self
    let name = topic + ".jsonStream"
    let lines = (files[name] ?? "").dropFirst().split(whereSeparator: \.isNewline).map(String.init)
    files[name] =
      "\u{FEFF}"
      + lines.compactMap { line in
        let bytes = Array(line.utf8)
        let time = ClockText.stamp(bytes, at: 0, end: bytes.count) ?? 0
        return change(time, String(line.dropFirst(12))).map { String(line.prefix(12)) + $0 + "\r\n" }
      }.joined()
    return files
  }

  /// The session in these files, read from memory.
  var session: LiveSession {
    let topics = map { ($0.key.replacing(".jsonStream", with: ""), [UInt8]($0.value.utf8)) }
    return LiveSession(topics: [String: [UInt8]](uniqueKeysWithValues: topics))
  }

  /// The laps in these files, by car number.
  var laps: [Int: [SessionLap]] {
    [Int: [SessionLap]](
      uniqueKeysWithValues: session.laps().compactMap { car in car.first.map { ($0.number, car) } })
  }
}

extension MadeUpFeed {
  /// When a car ends a lap.
  func end(of lap: Int, car index: Int) -> Int {
    Self.started + cars[index].laps[0..<lap].joined().reduce(0, +)
  }
}
