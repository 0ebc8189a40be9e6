import Racing
import Testing

@testable import Timing

/// Prints how long loading takes; run it in a release build with `BLAME_MEASURE=1`.
@Suite(.enabled(if: RaceData.isPresent && RaceData.measures, "measuring is asked for by BLAME_MEASURE=1"))
struct LoadingSpeed {
  @Test func `loading time of every race`() throws {
    let clock = ContinuousClock()
    var tables: TidyTables?
    let opening = try clock.measure { tables = try TidyTables(directory: RaceData.races) }
    let open = try #require(tables)
    var times: [Duration] = []
    for id in open.raceNames { times.append(try clock.measure { _ = try open.race(id) }) }
    times.sort()
    let export = RaceData.native + "/fastf1-session-export/2023-06-monaco"
    let exporting = try clock.measure { _ = try RaceReader().read(export) }
    print("open \(opening), race p50 \(times[times.count / 2]) max \(times.last!), export \(exporting)")
    #expect(times.count == open.races.count)
  }
}
