import Testing

@testable import Timing

/// CSV files of OpenF1, its own and saved ones.
@Suite struct OpenF1TableTests {
  private let header = """
    meeting_key,session_key,driver_number,lap_number,date_start,duration_sector_1,duration_sector_2,duration_sector_3,\
    i1_speed,i2_speed,is_pit_out_lap,lap_duration,segments_sector_1,segments_sector_2,segments_sector_3,st_speed
    """

  private func laps(_ text: String) -> [OpenF1Lap] {
    OpenF1Session(answers: ["laps": Array(text.utf8)]).rows
  }

  /// Input 31: rows with more cells than the header.
  @Test func `flattened segments are one list, what follows them is counted from the right`() throws {
    let text = "\(header)\n1,9161,2,1,,,53.111,30.919,300,273,true,,2064,2064,,2051,2049,\n"
    let lap = try #require(laps(text).first)
    #expect(lap.segments == [2_064, 2_064, nil, 2_051, 2_049])
    #expect(lap.segmentCounts == nil)
    #expect((lap.time, lap.sector1, lap.sector2, lap.isPitOutLap, lap.speedST) == (nil, nil, 53_111, true, nil))
  }

  @Test func `its own spelling has sorted columns, quoted lists and Python's words`() throws {
    let columns = header.split(separator: ",").sorted().joined(separator: ",")
    let text = """
      \(columns)\r
      2023-09-16 13:59:07.606000+00:00,2,30.0,31.5,29.25,280,,True,90.75,7,1,"[2049, None]","[2048]","[]",9161,311\r

      """
    let lap = try #require(laps(text).first)
    #expect(lap.startUTC.map(UTCText.text) == "2023-09-16T13:59:07.606Z")
    #expect((lap.number, lap.lap, lap.time, lap.isPitOutLap, lap.speedST) == (2, 7, 90_750, true, 311))
    #expect(lap.segments == [2_049, nil, 2_048])
    #expect(lap.segmentCounts == [2, 1, 0])
  }

  @Test func `a short row is counted and skipped`() {
    let text = "\(header)\n1,9161,2\n1,9161,2,1,,,,,,,,95.5,[],[],[],300\n"
    let read = OpenF1Rows(Array(text.utf8), input: "laps")
    #expect(read.report.lines == 2 && read.report.skipped == 1)
    #expect(laps(text).map(\.time) == [95_500])
  }
}
