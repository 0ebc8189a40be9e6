import Racing
import Testing

@testable import Timing

/// What a compound's name meant when it named the rubber.
@Suite struct CompoundNameTests {
  @Test func `names of 2018 are soft, medium and hard by softness`() {
    let names = CompoundNames(names: ["SOFT", "SUPERSOFT", "ULTRASOFT", "WET", "SOFT"])
    #expect(names.compound("ULTRASOFT") == .soft)
    #expect(names.compound("SUPERSOFT") == .medium)
    #expect(names.compound("SOFT") == .hard)
    #expect(names.compound("WET") == .wet)
    #expect(names.compound("HARD") == nil)
  }

  @Test func `later names are what they say`() {
    let names = CompoundNames(names: ["HARD", "MEDIUM"])
    #expect(names.compound("HARD") == .hard)
    #expect(names.compound("SOFT") == .soft)
    #expect(names.compound("INTERMEDIATE") == .intermediate)
  }

  @Test func `a laps file of 2018 is read with them`() throws {
    let rows = """
      Time,Driver,LapTime,LapNumber,PitOutTime,PitInTime,Compound,TyreLife
      100,AAA,,1,,,SOFT,1
      190,AAA,90,2,,,SUPERSOFT,2
      280,AAA,90,3,,,ULTRASOFT,3

      """
    let table = try FastF1LapsTable(input(rows, name: "laps.csv"), limits: ReadingLimits())
    #expect(table.events[0].cars[0].rows.map(\.compound) == [.hard, .medium, .soft])
  }
}
