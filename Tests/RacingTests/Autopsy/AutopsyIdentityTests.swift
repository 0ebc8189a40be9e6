import Testing
import Timing

@testable import Racing

@Suite struct `An autopsy` {
  static let seeds: [UInt64] = [3, 14, 15, 92, 65]

  @Test(arguments: seeds)
  func `adds up to the whole loss to the millisecond, in every replicate too`(seed: UInt64) throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: seed, rainFrom: seed % 2 == 0 ? 25 : nil))
    let ground = autopsies.ground
    for index in autopsies.drivers.indices {
      var search = OptimumSearch()
      guard let made = try? ground.figures(driver: index, search: &search) else { continue }
      #expect(made.figures.identityError == 0, "seed \(seed), \(autopsies.drivers[index])")
    }
    for number in 1...3 {
      for replicate in try ground.replicate(number, of: Array(autopsies.drivers.indices)) {
        if let replicate { #expect(replicate.figures.identityError == 0, "seed \(seed), replicate \(number)") }
      }
    }
  }

  @Test(arguments: seeds)
  func `has the signs that its terms promise`(seed: UInt64) throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: seed))
    for code in autopsies.drivers {
      guard let autopsy = try? autopsies.autopsy(of: code) else { continue }
      #expect(autopsy.costs.qualifying >= 0)
      #expect(autopsy.strategy.decision >= 0)
      #expect(autopsy.laps.allSatisfy { !$0.kind.isRacing || $0.traffic >= 0 })
      #expect(autopsy.strategy.decision + autopsy.strategy.traffic == autopsy.costs.strategy)
      #expect(autopsy.incident.total == autopsy.costs.incident)
      #expect(
        autopsy.realTime + autopsy.incident.penalty + autopsy.incident.redReset - autopsy.idealTime == autopsy.totalLoss
      )
    }
  }

  @Test func `says who is unknown and whose race was too short`() throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: 7))
    let nobody = try #require(DriverCode("QQQ"))
    #expect(throws: AutopsyRefusal.unknownDriver(nobody, known: autopsies.drivers)) {
      try autopsies.autopsy(of: nobody)
    }
    var record = SyntheticRace.generate(seed: 7)
    let code = record.entrants[4].code
    record.entrants[4].laps = Array(record.entrants[4].laps.prefix(9))
    record.entrants[4].pitStops = []
    record.entrants[4].result = Classification(position: nil, status: "Engine", laps: 9)
    #expect(throws: AutopsyRefusal.tooFewLaps(driven: 9, needed: 15)) { try Autopsies(record).autopsy(of: code) }
  }

  @Test func `does not depend on the order of rows, on the names, nor on a moved clock`() throws {
    let record = SyntheticRace.generate(seed: 31)
    let plain = try Autopsies(record)
    var shuffled = record
    shuffled.entrants.reverse()
    var moved = record
    for car in moved.entrants.indices {
      for lap in moved.entrants[car].laps.indices {
        let entry = moved.entrants[car].laps[lap]
        moved.entrants[car].laps[lap].elapsedMilliseconds = entry.elapsedMilliseconds.map { $0 + 400 }
      }
    }
    for code in plain.drivers {
      guard let costs = try? plain.autopsy(of: code).costs else { continue }
      #expect(try Autopsies(shuffled).autopsy(of: code).costs == costs)
      // The record's clock is moved back to the winner's official time before anything is measured.
      if record.entrants.contains(where: { $0.result.position == 1 && $0.result.timeMilliseconds != nil }) {
        #expect(try Autopsies(moved).autopsy(of: code).costs == costs)
      }
    }
  }

  @Test func `gives the same intervals on every run, and a verdict`() async throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: 77))
    let codes = Array(autopsies.drivers.prefix(3))
    let once = try await autopsies.autopsies(of: codes, replicates: 8)
    let again = try await autopsies.autopsies(of: codes, replicates: 8)
    for (left, right) in zip(once, again) {
      let autopsy = try left.get()
      #expect(try right.get() == autopsy)
      let intervals = try #require(autopsy.intervals)
      #expect(intervals.replicates == 8)
      for cause in AutopsyCause.allCases { #expect(intervals[cause].low <= intervals[cause].high) }
      #expect(autopsy.verdict.contains("Unexplained"))
      if let blame = autopsy.blame { #expect(blame.causes.reduce(blame.unexplained, +) == 100) }
    }
  }
}

@Suite(.enabled(if: RealRaces.directory != nil, RealRaces.missing)) struct `The autopsies of real races` {
  @Test(arguments: ["2023-06-monaco", "2023-08-canada", "2019-11-germany", "2021-10-great-britain", "2024-04-japan"])
  func `add up for everybody or say why there is none`(id: String) throws {
    let autopsies = try Autopsies(RealRaces.record(id))
    for code in autopsies.drivers {
      do throws(AutopsyRefusal) {
        let autopsy = try autopsies.autopsy(of: code)
        #expect(autopsy.costs.sum == autopsy.totalLoss)
      } catch {
        guard case .tooFewLaps = error else {
          Issue.record("\(id) \(code): \(error)")
          continue
        }
      }
    }
  }

  @Test func `see in Monaco 2023 what everybody saw`() throws {
    let autopsies = try Autopsies(RealRaces.record("2023-06-monaco"))
    func costs(_ name: String) throws -> AutopsyCosts { try autopsies.autopsy(of: #require(DriverCode(name))).costs }
    // Found by an independent program with an earlier lap-time model: each within four seconds.
    let known: [(String, [Int64])] = [
      ("VER", [2_600, -3_500, 300, 9_800, 0, 4_200, -1_000]),
      ("ALO", [1_400, -7_000, 1_700, 34_600, 12_200, 5_600, -8_000]),
    ]
    for (name, expected) in known {
      let costs = try costs(name)
      let found = AutopsyCause.allCases.map { costs[$0] } + [costs.residual]
      for (value, target) in zip(found, expected) { #expect(abs(value - target) <= 4_000, "\(name): \(found)") }
    }
    // One lap on slicks in the rain; the second car of a double stop.
    let second = try costs("ALO")
    #expect(AutopsyCause.allCases.map { second[$0] }.max() == second.strategy)
    #expect(try (6_000...7_500).contains(costs("RUS").pit))
  }
}
