import Testing

@testable import Timing

/// Laps as arrays beside one another.
@Suite struct ParallelLapsTests {
  private let text = """
    {"time":[95.123,"None",90.5],"lap":[1,2.0,3,"None"],"compound":["SOFT","UNKNOWN","HARD"],"stint":[1.0,1,2],
    "s1":[30.1,"None",29.5],"s2":[35.0,34.9,34.0],"s3":[30.023,31.2,27.0],"life":[4.0,5.0,1.0],"pos":[1,1,2],
    "status":["1","12","24"],"pb":[false,"False",true],"sesT":[3700.5,3795.7,3886.2],"drv":["VER","VER","VER"],
    "dNum":["1","1","1"],"pout":["None","None",3810.0],"pin":["None",3790.25,"None"],"vst":[310.0,"None",305],
    "fresh":[true,true,"None"],"team":["Red Bull Racing","Red Bull Racing","Red Bull Racing"],"lST":[3605.377,3700.5],
    "del":["None",true,false],"delR":["","TRACK LIMITS",""],"ff1G":[false,false,false],"iacc":[1.0,0.0,true]}
    """

  @Test func `each place of the arrays is a lap, and None is nothing`() throws {
    let read = try #require(ParallelLaps(Array(text.utf8), input: "VER.json"))
    #expect(read.report.lines == 4 && read.report.skipped == 1)
    let laps = read.laps
    #expect(laps.map(\.lap) == [1, 2, 3])
    #expect(laps.map(\.time) == [95_123, nil, 90_500])
    #expect(laps.map(\.compound) == ["SOFT", nil, "HARD"])
    #expect(laps.map(\.pitIn) == [nil, 3_790_250, nil])
    #expect(laps.map(\.start) == [3_605_377, 3_700_500, nil])
    #expect(laps.map(\.isDeleted) == [nil, true, false])
    #expect(laps.map(\.isAccurate) == [true, false, true])
    #expect(laps.map(\.isFreshTyre) == [true, true, nil])
    #expect(laps.allSatisfy { $0.number == 1 && $0.code == "VER" })
  }

  @Test func `anything else is not of that layout`() {
    for text in ["", "[]", "{}", "{\"lap\":[1]}", "{\"lap\":1,\"time\":[1]}", "<html>"] {
      #expect(ParallelLaps(Array(text.utf8), input: "x") == nil)
    }
    #expect(
      ParallelLaps(Array("{\"lap\":[1],\"time\":[90]}".utf8), input: "x", number: 7)?.laps.map(\.time) == [90_000])
  }
}
