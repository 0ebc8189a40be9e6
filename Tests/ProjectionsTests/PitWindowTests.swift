import Events
import Foundation
import Racing
import TestSupport
import Testing

@testable import Projections

struct PitWindows {
  static let slot = StopSlot(stopCount: 1, stop: 1)!

  private func crowd(_ stops: [(lap: Int32, users: Int)], iq: Int32 = 7500) throws -> CrowdStatistics {
    var history = ScriptedHistory()
    history.importRace(ScriptedHistory.race(1), circuit: "monaco")
    var user: UInt64 = 0
    for stop in stops {
      for _ in 0..<stop.users {
        user += 1
        history.seconds += 700
        history.play(ScriptedHistory.user(user), ScriptedHistory.race(1), iq: iq, stops: [stop.lap], plan: user)
      }
    }
    var model = try Equality.fold(history.events)
    let crowd = model.crowd(circuit: "monaco", season: 2023)
    return try #require(crowd)
  }

  @Test func `without users the model speaks alone, and says so`() throws {
    var reference = CrowdReference(lapCount: 50)
    reference.slots[Self.slot.index].regrets = (0...50).map { Int64(abs($0 - 30)) * 1000 }
    reference.slots[Self.slot.index].tyreShares = [0, 0, 1_000_000, 0, 0]
    reference.undercuts = [Int64](repeating: 900, count: 51)
    let answer = try crowd([]).optimalStrategy(reference)
    #expect(answer.coldStartLabel == "model prior, 0 users")
    #expect(answer.confidence == nil && answer.users == 0 && answer.accepted == 0)
    #expect(answer.stopShares == [200_000, 200_000, 200_000, 200_000, 200_000])
    #expect(answer.stopCount == 1)
    let stop = try #require(answer.stops.first)
    #expect(stop.window.laps.contains(30) && stop.window.laps.count < 15)
    #expect(abs(stop.window.centre - 30) <= 1)
    #expect(stop.tyres[2].share == 3_000_000 / 7)
    #expect(stop.recommended == nil)
    #expect(stop.undercut == 900)
  }

  @Test func `where no lap is better than another, the window is 70 percent of the race`() throws {
    let window = try crowd([]).window(of: Self.slot, CrowdReference(lapCount: 50))
    // 34 of 48 laps are the fewest that hold 70 percent.
    #expect(window.laps == 2...35)
    #expect(window.confidence == nil)
  }

  @Test func `the window follows the crowd, and confidence grows with it`() throws {
    var confidences: [Int] = []
    for users in [3, 10, 30, 100] {
      let statistics = try crowd([(19, users), (20, users * 2), (21, users)])
      let answer = statistics.optimalStrategy(CrowdReference(lapCount: 50))
      #expect(answer.stopCount == 1 && answer.coldStartLabel == nil)
      #expect(answer.accepted == Int64(4 * users) && answer.users == Int64(4 * users))
      #expect(abs(answer.effectiveUsers - Double(4 * users)) < 1e-9)
      let stop = try #require(answer.stops.first)
      if users >= 10 { #expect(abs(stop.window.centre - 20) <= 1) }
      confidences.append(try #require(stop.window.confidence))
      #expect(answer.confidence == stop.window.confidence)
    }
    #expect(confidences == confidences.sorted() && confidences[3] > 80 && confidences[0] < confidences[3])
  }

  @Test func `two schools of thought are shown as two windows`() throws {
    let window = try crowd([(12, 30), (13, 30), (36, 20), (37, 20)]).window(of: Self.slot, CrowdReference(lapCount: 50))
    #expect(window.isSplit)
    #expect(window.laps.contains(12) && window.laps.contains(13) && !window.laps.contains(30))
    let other = try #require(window.otherLaps)
    #expect(other.contains(36) && other.contains(37) && !other.overlaps(window.laps))
  }

  @Test func `a compound that nearly everybody fits is recommended`() throws {
    let stop = try #require(try crowd([(20, 40)]).optimalStrategy(CrowdReference(lapCount: 50)).stops.first)
    #expect(stop.recommended == .hard)
    #expect(stop.tyreConfidence == 99)
    #expect(stop.tyres[2].interval.contains(stop.tyres[2].share))
    #expect(stop.tyres.map(\.share).reduce(0, +) > 999_990)
  }
}

struct BetaClosedForms {
  @Test func `agrees with the laws that have a closed form`() {
    // Beta(1, 1) is uniform; Beta(2, 2) has 3x²-2x³; Beta(1/2, 1/2) is the arcsine law.
    for value in [0.05, 0.4, 0.95] {
      #expect(abs(BetaDistribution(alpha: 1, beta: 1).cumulative(value) - value) < 1e-12)
      let cubic = 3 * value * value - 2 * value * value * value
      #expect(abs(BetaDistribution(alpha: 2, beta: 2).cumulative(value) - cubic) < 1e-12)
      let arcsine = 2 / Double.pi * asin(value.squareRoot())
      #expect(abs(BetaDistribution(alpha: 0.5, beta: 0.5).cumulative(value) - arcsine) < 1e-12)
      #expect(abs(BetaDistribution(alpha: 1, beta: 1).quantile(value) - value) < 2e-9)
    }
  }
}
