import Testing

@testable import Timing

/// What other sources than the feed do, numbered as in the list of nasty inputs. Recordings are in `RecordedValueTests`
/// (23) and `RecordingTests` (24), official results in `OfficialRaceTests` (16, 26, 29), OpenF1 in `OpenF1TableTests` (31).
@Suite struct NastySourceInputs {
  @Test func `16: laps join by the number of that round, not by the driver's number of today`() {
    var results = OfficialResults()
    let row = """
      "Results":[{"number":"33","position":"1","positionText":"1","laps":"1","status":"Finished",\
      "Driver":{"driverId":"max_verstappen","permanentNumber":"3","code":"VER"}}]
      """
    results.read(page: Array(OfficialAnswerTests.page(row).utf8))
    let laps = "\"Laps\":[{\"number\":\"1\",\"Timings\":[{\"driverId\":\"max_verstappen\",\"time\":\"1:40.000\"}]}]"
    results.read(page: Array(OfficialAnswerTests.page(laps).utf8))
    #expect(results.firstLapTimes == [33: 100_000])
    #expect(results.rows(.race).first?.permanentNumber == 3)
  }

  @Test func `24: a state over many lines and every live shape are one session`() {
    let feed = MadeUpFeed(cars: 3, laps: 4, seed: 82)
    let state = "{\n  \"DriverList\": {\n    \"_kf\": true\n  },\n  \"TimingData\": {\"Lines\": {}}\n}\n"
    let laps = MadeUpRecording.Shape.allCases.map { shape in
      LiveSession(recorded: [Array((state + MadeUpRecording(feed.files, shape: shape).text).utf8)]).laps()
    }
    #expect(laps[0].map(\.count) == [4, 4, 4])
    #expect(laps[0] == laps[1] && laps[1] == laps[2])
  }

  @Test func `26: laps that are split over two pages are one lap`() {
    var results = OfficialResults()
    for (driver, time) in [("b", "1:31.000"), ("a", "1:30.000"), ("b", "1:31.000")] {
      let body = "\"Laps\":[{\"number\":\"7\",\"Timings\":[{\"driverId\":\"\(driver)\",\"time\":\"\(time)\"}]}]"
      results.read(page: Array(OfficialAnswerTests.page(body).utf8))
    }
    #expect(results.lapTimes == [7: ["a": 90_000, "b": 91_000]])
  }

  @Test func `27: a stop of twenty minutes under a red flag`() {
    let stop = OfficialPitStop(driverID: "a", lap: 3, stop: 1, clock: "15:04:05", lane: "21:40.250")
    #expect(stop.lane == 1_300_250)
    #expect(stop.clock == 54_245_000)
  }

  @Test func `32: two spellings in one file, and a float track status`() throws {
    let text = """
      ,Time,Driver,LapNumber,LapTime,TrackStatus,IsAccurate,Deleted,PitInTime,Extra
      0,0 days 00:01:30.500000,AAA,1.0,90.5,2.0,True,,NaT,x
      1,181.25,AAA,2,1:30.750,12,1.0,0,"0 days 00:03:01",y
      2,-1 days +23:59:59.5,AAA,3,90750000000,,false,True,nan,z
      3,x,AAA,0,,,,,,
      4,?,AAA,4,,,,,,

      """
    let read = try FastF1SessionLaps(Array(text.utf8), input: "laps.csv")
    #expect(read.laps.map(\.time) == [90_500, 90_750, 90_750, nil])
    #expect(read.laps.map(\.end) == [90_500, 181_250, -500, nil])
    #expect(read.laps.map(\.trackStatus) == ["2", "12", "", ""])
    #expect(read.laps.map(\.isAccurate) == [true, true, false, false])
    #expect(read.laps.map(\.isDeleted) == [nil, false, true, nil])
    #expect(read.laps.map(\.pitIn) == [nil, 181_000, nil, nil])
    #expect(read.oddCells == 1)
  }

  @Test func `32: without lap numbers or cars a file is no laps file`() {
    for text in ["Driver,LapTime\nAAA,1\n", "LapNumber,LapTime\n1,90\n", ""] {
      #expect(timingError { _ = try FastF1SessionLaps(Array(text.utf8), input: "x") } != nil)
    }
  }
}
