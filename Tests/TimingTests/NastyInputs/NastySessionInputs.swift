import Testing

@testable import Timing

/// What feeds do to whole sessions, numbered as in the list of nasty inputs.
@Suite struct NastySessionInputs {
  private let feed = MadeUpFeed(cars: 6, laps: 6, seed: 79)

  @Test func `14: drivers declared after an hour belong to another series`() {
    let files = feed.files.adding(
      "DriverList", at: 3_700_000,
      "{\"11\":{\"Tla\":\"ZZZ\",\"FullName\":\"Brando BADOER\"},\"236\":{\"RacingNumber\":\"236\",\"Tla\":\"QQQ\"}}")
    #expect(files.laps == feed.files.laps)
    #expect(files.session.drivers[236] == nil)
    let early = (200..<230).reduce(feed.files) { files, number in
      files.adding("DriverList", at: 400, "{\"\(number)\":{\"RacingNumber\":\"\(number)\",\"Tla\":\"X\(number)\"}}")
    }
    #expect(early.session.drivers.count == 36)
    #expect(early.laps == feed.files.laps)
  }

  @Test func `15: drivers are deleted and declared again`() {
    let files = feed.files.adding("DriverList", at: 1_000, "{\"_deleted\":[\"12\"],\"_kf\":true}")
    #expect(files.session.drivers[12] == nil)
    let again = files.adding("DriverList", at: 2_000, "{\"12\":{\"RacingNumber\":\"12\",\"Tla\":\"NEW\"}}")
    #expect(again.session.drivers[12]?.code == "NEW")
    #expect(again.laps[12]?.map(\.time) == feed.files.laps[12]?.map(\.time))
  }

  @Test(arguments: [
    ("Race", "Sprint Qualifying", SessionKind.sprint), ("Qualifying", "Sprint Qualifying", .sprintQualifying),
    ("Qualifying", "Sprint Shootout", .sprintQualifying), ("Race", "Sprint", .sprint), ("Race", "Race", .race),
    ("Practice", "Practice 2", .fp2), ("Practice", "Day 1", .test), ("Race", "High Speed Track Test", .test),
  ])
  func `17: sessions are what they are, not what they are called`(type: String, name: String, kind: SessionKind) {
    #expect(SessionKind(type: type, name: name) == kind)
  }

  @Test(arguments: [
    ("-08:00:00", -28_800_000), ("11:00:00", 39_600_000), ("-8:00:00", -28_800_000), ("05:30:00", 19_800_000),
    ("00:00:00", 0),
  ])
  func `18: places ahead of and behind Greenwich`(text: String, offset: Int) {
    #expect(UTCText.gmtOffset(text) == offset)
  }

  @Test func `19: a path is taken as it stands`() {
    let text = """
      {"Year":2024,"Meetings":[{"Name":"São Paulo Grand Prix","Sessions":[{"Key":1,"Type":"Qualifying",\
      "Name":"Qualifying","StartDate":"2024-11-03T07:30:00","EndDate":"2024-11-03T08:30:00","GmtOffset":"-03:00:00",\
      "Path":"2024/2024-11-03_São_Paulo_Grand_Prix/2024-11-02_Qualifying/"}]}]}
      """
    let session = SeasonIndex(Array(text.utf8))?.session(key: 1)
    #expect(session?.path == "2024/2024-11-03_São_Paulo_Grand_Prix/2024-11-02_Qualifying/")
    #expect(session?.startUTC == UTCText.instant("2024-11-03T10:30:00Z"))
  }

  @Test func `20: red flags, a session that is never started again, and a total that changes`() {
    let aborted = feed.end(of: 2, car: 0) + 20_000
    let stopped = feed.files.adding("SessionStatus", at: aborted, "{\"Status\":\"Aborted\"}")
    #expect(stopped.laps[11]?.filter { !$0.isGenerated }.map(\.time) == feed.files.laps[11]?.map(\.time))
    let restarted = stopped.adding("SessionStatus", at: aborted + 1_000, "{\"Status\":\"Started\"}")
    #expect(restarted.laps[11]?.map(\.time) == feed.files.laps[11]?.map(\.time))
    #expect(restarted.session.announcedStart == MadeUpFeed.started)
    let shorter = feed.files.adding("LapCount", at: aborted, "{\"TotalLaps\":5}")
    #expect(shorter.session.tables(.all).totalLaps == 5)
  }

  @Test func `20: a start that is announced late is found by the sums`() {
    var official = OfficialResults()
    official.lists[.race] = feed.cars.enumerated().map { index, car in
      var row = OfficialResults.Row(number: car.number)
      (row.position, row.laps) = (index + 1, 6)
      row.time = car.laps.joined().reduce(0, +)
      return row
    }
    let files = feed.files.changing("SessionStatus") { _, object in object.contains("Started") ? nil : object }
      .adding("SessionStatus", at: MadeUpFeed.started + 4_796, "{\"Status\":\"Started\"}")
      .changing("TimingData") { _, object in object.replacing("\"GapToLeader\"", with: "\"Other\"") }
    let topics = files.map { ($0.key.replacing(".jsonStream", with: ""), Array($0.value.utf8)) }
    let session = LiveSession(topics: [String: [UInt8]](uniqueKeysWithValues: topics), official: official)
    let check = session.sumCheck(session.laps())
    #expect(check?.offset == -4_796)
    #expect(check?.cars.allSatisfy { $0.verdict == .consistent && $0.lapSum == $0.published } == true)
  }

  @Test(arguments: [
    "SessionInfo", "DriverList", "SessionStatus", "TrackStatus", "LapCount", "TimingAppData",
  ])
  func `22: a topic that is missing takes only itself away`(topic: String) {
    var files = feed.files
    files[topic + ".jsonStream"] = nil
    let session = files.session
    #expect(session.missingTopics.contains(topic))
    let driven = session.laps().map { $0.filter { !$0.isGenerated }.map(\.time) }
    #expect(driven == feed.files.session.laps().map { $0.map(\.time) })
  }

  @Test func `29: names in any script, escaped or not`() {
    let files = feed.files.adding(
      "DriverList", at: 500,
      "{\"11\":{\"FullName\":\"Sergio P\\u00e9rez\"},\"12\":{\"FullName\":\"Kimi RÄIKKÖNEN\",\"TeamName\":\"Écurie 🏁\"}}"
    )
    let drivers = files.session.drivers
    #expect(drivers[11]?.fullName == "Sergio Pérez")
    #expect(drivers[12]?.fullName == "Kimi RÄIKKÖNEN")
    #expect(files.laps[12]?.first?.team == "Écurie 🏁")
  }
}
