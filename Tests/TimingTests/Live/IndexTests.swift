import Testing

@testable import Timing

/// Lists of sessions and of a session's files.
@Suite struct IndexTests {
  private let text = """
    \u{FEFF}{"Year":2023,"Meetings":[{"Sessions":[\
    {"Key":9001,"Type":"Race","Number":-1,"Name":"Sprint","StartDate":"2023-11-18T22:00:00","EndDate":"2023-11-19T00:00:00",\
    "GmtOffset":"-08:00:00","Path":"2023/2023-11-18_Las_Vegas_Grand_Prix/2023-11-18_Race/"},\
    {"Key":-1,"Type":"Race"},{"Key":9002,"Type":"Qualifying","Name":"Sprint Shootout","GmtOffset":"11:00:00",\
    "StartDate":"2023-11-18T10:00:00","EndDate":"2023-11-18T11:00:00"}],\
    "Key":1,"Number":22,"Location":"Las Vegas","Name":"Las Vegas Grand Prix","Country":{"Name":"United States"},\
    "Circuit":{"Key":152,"ShortName":"Las Vegas"}}]}
    """

  /// Inputs 1, 17 and 18.
  @Test(arguments: [true, false]) func `sessions, with an empty twin, local dates and a cancelled one`(isPretty: Bool)
    throws
  {
    let index = try #require(
      SeasonIndex(Array((isPretty ? text.split(separator: ",").joined(separator: ",\r\n  ") : text).utf8)))
    #expect(index.year == 2023)
    #expect(index.emptyEntries == 1)
    let meeting = try #require(index.meetings.first)
    #expect(meeting.circuitKey == 152)
    #expect(meeting.sessions.map(\.kind) == [.sprint, .sprintQualifying])
    let race = try #require(index.session(key: 9001))
    #expect(race.startUTC.map(UTCText.text) == "2023-11-19T06:00:00.000Z")
    #expect(race.path == "2023/2023-11-18_Las_Vegas_Grand_Prix/2023-11-18_Race/")
    #expect(index.session(key: 9002)?.path == nil)
    #expect(index.session(key: 9002)?.startUTC.map(UTCText.text) == "2023-11-17T23:00:00.000Z")
  }

  @Test func `the files of a session`() throws {
    let text =
      "\u{FEFF}{\"Feeds\":{\"TimingData\":{\"KeyFramePath\":\"TimingData.json\",\"StreamPath\":\"TimingData.jsonStream\"}}}"
    let index = try #require(SessionIndex(Array(text.utf8)))
    #expect(index.feeds["TimingData"]?.stream == "TimingData.jsonStream")
    #expect(SessionIndex(Array("<html></html>".utf8)) == nil)
    #expect(SeasonIndex([]) == nil)
  }

  @Test(.enabled(if: RaceData.isPresent, RaceData.missing)) func `real seasons`() throws {
    let root = RaceData.native + "/livetiming-index/static/"
    for year in RaceData.names(in: root) {
      guard let file = try? InputFile(path: "\(root)\(year)/Index.json") else { continue }
      let index = try #require(SeasonIndex(file.bytes))
      #expect(index.year == Int(year))
      let sessions = index.meetings.flatMap(\.sessions)
      #expect(sessions.count > 80)
      #expect(sessions.allSatisfy { $0.kind != nil && $0.startUTC != nil }, "\(year)")
      #expect(sessions.count { $0.path != nil } > 80)
    }
  }
}
