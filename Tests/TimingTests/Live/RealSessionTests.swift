import Racing
import Testing

@testable import Timing

/// Real sessions of live timing, whatever the folder holds.
@Suite(.enabled(if: RaceData.isPresent, RaceData.missing)) struct RealSessionTests {
  static let sessions = RaceData.names(in: RaceData.root.map { $0 + "/timing" } ?? "").filter { name in
    !RaceData.names(in: RaceData.sessions + name + "/raw").filter { $0.hasPrefix("TimingData") }.isEmpty
  }

  @Test(arguments: sessions) func `every session loads, without a skipped line, twice the same`(name: String) throws {
    let session = try LiveSession(directory: RaceData.sessions + name)
    #expect(session.reports.allSatisfy { $0.skipped == 0 })
    let laps = session.laps()
    #expect(laps.joined().count > 50)
    #expect(try LiveSession(directory: RaceData.sessions + name).laps() == laps)
  }

  @Test(arguments: sessions) func `official times are the sums of laps, or it is said why not`(name: String) throws {
    let session = try LiveSession(directory: RaceData.sessions + name)
    guard session.kind.isRaceLike, let check = session.sumCheck(session.laps()) else { return }
    #expect(check.offset != nil)
    for car in check.cars {
      switch car.verdict {
      case .consistent: #expect(car.lapSum == car.published)
      case .penalty(let time): #expect(car.lapSum + time == car.published)
      case .gapToCarAhead(let raise): #expect(car.lapSum == car.published + raise)
      case .unexplained(let rest): Issue.record("car \(car.number) is off by \(rest) ms")
      }
    }
  }

  @Test func `Baku 2018 becomes a record whose finishers' laps sum to their times`() throws {
    let path = RaceData.sessions + "2018_Azerbaijan_Race"
    guard Self.sessions.contains("2018_Azerbaijan_Race") else { return }
    let race = try RaceReader().read(path)
    let finishers = race.record.entrants.filter { $0.result.timeMilliseconds != nil }
    #expect(finishers.count == 13)
    for entrant in finishers {
      let sum = entrant.laps.compactMap(\.timeMilliseconds).reduce(0, +)
      let total = (entrant.result.timeMilliseconds ?? 0) - entrant.result.penaltyMilliseconds
      #expect(sum == total, "\(entrant.code)")
    }
  }
}
