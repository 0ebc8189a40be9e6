import Racing
import TestSupport
import Testing

@testable import Projections

@Suite struct `The window of a stop` {
  static let seeds = 1...120 as ClosedRange<UInt64>

  /// A crowd with one or two favourite laps, and a reference that prefers yet another one.
  private func density(_ seed: UInt64) -> (density: StopDensity, crowd: [Int64], users: Double) {
    var random = SplitMix64(seed: seed)
    let laps = random.number(8...78)
    var crowd = [Int64](repeating: 0, count: 256)
    let favourites = (0..<random.number(1...2)).map { _ in random.number(2...laps - 1) }
    let users = random.number(1...60)
    for user in 0..<users {
      let lap = favourites[user % favourites.count] + random.number(-4...4)
      crowd[min(max(lap, 2), laps - 1)] += random.number(Int64(1)...1_000_000)
    }
    let best = random.number(2...laps - 1)
    let slot = CrowdReference.Slot(
      regrets: (0...laps).map { lap in
        lap < 2 || lap >= laps || seed % 5 == 0 ? nil : Int64(abs(lap - best)) * random.number(Int64(20)...2000)
      })
    let reference = CrowdReference(lapCount: laps, slots: [slot] + [CrowdReference.Slot](repeating: .init(), count: 9))
    return (
      StopDensity(
        crowd: crowd[...], effectiveUsers: seed % 7 == 0 ? 0 : Double(users),
        prior: reference.prior(of: StopSlot(stopCount: 1, stop: 1)!), lapCount: laps),
      crowd, Double(users)
    )
  }

  private func mass(_ density: StopDensity, _ laps: ClosedRange<Int>) -> Double {
    laps.reduce(0) { $0 + density.density[$1] }
  }

  @Test(arguments: seeds)
  func `holds seventy percent, and no shorter or earlier one does`(_ seed: UInt64) {
    let (density, _, _) = density(seed)
    let support = density.support.laps
    #expect(abs(mass(density, support) - 1) < 1e-9)
    #expect(density.density.allSatisfy { $0 >= 0 })
    let (main, other) = density.windows
    guard let other else { return expectShortest(main, density, in: support) }
    let (left, right) = main.lowerBound < other.lowerBound ? (main, other) : (other, main)
    #expect(left.upperBound < right.lowerBound)
    // Wherever the cut lies between the two, one part's window must not depend on the other part.
    let cuts = (left.upperBound..<right.lowerBound).filter { cut in
      isShortest(left, density, in: support.lowerBound...cut)
        && isShortest(right, density, in: cut + 1...support.upperBound)
    }
    #expect(!cuts.isEmpty, "seed \(seed): \(left) and \(right)")
    let dip = cuts.min { density.density[$0] < density.density[$1] } ?? left.upperBound
    let isLeftHeavier = mass(density, support.lowerBound...dip) >= mass(density, dip + 1...support.upperBound)
    #expect(main == (isLeftHeavier ? left : right))
  }

  private func isShortest(_ window: ClosedRange<Int>, _ density: StopDensity, in laps: ClosedRange<Int>) -> Bool {
    let goal = 0.7 * mass(density, laps)
    var candidates: [ClosedRange<Int>] = []
    for first in laps { for last in first...laps.upperBound { candidates.append(first...last) } }
    let enough = candidates.filter { mass(density, $0) >= goal - 1e-12 }
    let best = enough.min { ($0.count, $0.lowerBound) < ($1.count, $1.lowerBound) }
    return window == best
  }

  private func expectShortest(_ window: ClosedRange<Int>, _ density: StopDensity, in laps: ClosedRange<Int>) {
    #expect(mass(density, window) >= 0.7 - 1e-9)
    #expect(isShortest(window, density, in: laps), "\(window)")
  }

  @Test func `is the model's alone as long as nobody has played`() {
    for laps in [20, 44, 57, 78] {
      var reference = CrowdReference(lapCount: laps)
      let slot = StopSlot(stopCount: 1, stop: 1)!
      reference.slots[slot.index].regrets = (0...laps).map { (2..<laps).contains($0) ? Int64(900 * abs($0 - 15)) : nil }
      let prior = reference.prior(of: slot)
      let nobody = StopDensity(
        crowd: [Int64](repeating: 0, count: 256)[...], effectiveUsers: 0, prior: prior, lapCount: laps)
      #expect(nobody.density == prior)
      #expect(nobody.windows.main.contains(15))
    }
  }

  @Test func `falls into two where the crowd is of two minds`() {
    func windows(_ first: Int64, _ second: Int64) -> (main: ClosedRange<Int>, other: ClosedRange<Int>?) {
      var crowd = [Int64](repeating: 0, count: 256)
      for (offset, share) in [(-1, 1), (0, 2), (1, 1)] as [(Int, Int64)] {
        crowd[14 + offset] = share * first
        crowd[38 + offset] = share * second
      }
      let support = PitWindowSupport(lapCount: 57)
      return StopDensity(crowd: crowd[...], effectiveUsers: 400, prior: support.uniform, lapCount: 57).windows
    }
    let (main, other) = windows(300_000, 200_000)
    #expect(main.contains(14))
    #expect(other?.contains(38) == true)
    #expect(windows(200_000, 300_000).main.contains(38))
    #expect(windows(200_000, 300_000).other?.contains(14) == true)
    #expect(windows(300_000, 0).other == nil)
  }

  @Test func `every lap is as good as any other where no stop is legal`() {
    let reference = CrowdReference(lapCount: 50)
    let prior = reference.prior(of: StopSlot(stopCount: 2, stop: 1)!)
    #expect(Set(prior[2...49]).count == 1)
    #expect(prior[0] == 0 && prior[1] == 0 && prior[50] == 0)
  }

  @Test func `the prior is a smoothed soft minimum of what a lap costs`() {
    let regrets: [Int64?] = (0...30).map { (5...20).contains($0) ? Int64($0 - 5) * 700 : nil }
    var reference = CrowdReference(lapCount: 30)
    let slot = StopSlot(stopCount: 1, stop: 1)!
    reference.slots[slot.index].regrets = regrets
    var expected = (0...30).map { lap -> Double in
      guard (2...29).contains(lap) else { return 0 }
      return (5...20).reduce(0.0) { sum, other in
        let steps = Double(lap - other) / 3
        return sum + exponential(-Double((other - 5) * 700) / 2000 - steps * steps / 2)
      }
    }
    let all = expected.reduce(0, +)
    for lap in expected.indices { expected[lap] /= all }
    #expect(zip(reference.prior(of: slot), expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `has a confidence no higher than the share of the crowd in it`(_ seed: UInt64) throws {
    var history = ScriptedHistory()
    history.importRace(ScriptedHistory.race(1), circuit: "monaco")
    var random = SplitMix64(seed: seed)
    for user in 1...random.number(UInt64(1)...80) {
      history.seconds += 700
      let lap = random.number(Int32(14)...22) + (random.number(0...3) == 0 ? 15 : 0)
      history.play(ScriptedHistory.user(user), ScriptedHistory.race(1), iq: 9000, stops: [lap], plan: user)
    }
    var model = try Equality.fold(history.events)
    let found = model.crowd(circuit: "monaco", season: 2023)
    let crowd = try #require(found)
    let slot = StopSlot(stopCount: 1, stop: 1)!
    let window = crowd.window(of: slot, CrowdReference(lapCount: 50))
    let laps = Array(crowd.sums.laps(of: slot))
    let share = Double(window.laps.reduce(0) { $0 + laps[$1] }) / Double(laps.reduce(0, +))
    let confidence = try #require(window.confidence)
    #expect((0...Int(100 * share)).contains(confidence), "\(window.laps): \(confidence) of \(share)")
    #expect(window.effectiveUsers <= Double(window.users) + 1e-9)
  }
}
