import Testing

@testable import Racing

@Suite struct `Blame` {
  @Test func `is divided into whole percents that add up to a hundred`() {
    var random = SplitMix(seed: 41)
    for _ in 0..<10_000 {
      let parts = (0..<7).map { _ in Int64(random.integer(in: 0...50_000)) }
      let shares = BlameShares.percent(parts)
      #expect(shares.reduce(0, +) == (parts.contains { $0 > 0 } ? 100 : 0), "seed 41: \(parts)")
      #expect(zip(shares, parts).allSatisfy { abs(Double($0) - 100 * Double($1) / Double(parts.reduce(0, +))) < 1 })
    }
  }

  @Test func `gives the odd point to the earlier of equal remainders`() {
    #expect(BlameShares.percent([1, 1, 1]) == [34, 33, 33])
    #expect(BlameShares.percent([0, 2, 2, 2]) == [0, 34, 33, 33])
  }

  @Test func `is not divided when little was lost or when the loss may be nothing`() {
    let rules = ModelConstants.shipped.autopsy
    let lost = AutopsyCosts(qualifying: 9_000, tyre: 0, pit: 0, strategy: 0, car: 0, incident: 0, residual: 0)
    let sure = Autopsy.Interval(low: 1, high: 9_000, median: 5_000)
    let unsure = Autopsy.Interval(low: -1, high: 9_000, median: 5_000)
    #expect(BlameShares(lost, total: sure, rules: rules)?[.qualifying] == 100)
    #expect(BlameShares(lost, total: unsure, rules: rules) == nil)
    let little = AutopsyCosts(qualifying: 3_400, tyre: 0, pit: 0, strategy: 0, car: 0, incident: 0, residual: 0)
    #expect(BlameShares(little, total: sure, rules: rules) == nil)
  }

  @Test func `never names a cause below its bars`() async throws {
    let rules = ModelConstants.shipped.autopsy
    for seed in [2, 4, 6] as [UInt64] {
      let autopsies = try Autopsies(SyntheticRace.generate(seed: seed))
      for case .success(let autopsy) in try await autopsies.autopsies(replicates: 10) {
        let intervals = try #require(autopsy.intervals)
        for cause in AutopsyCause.allCases where autopsy.verdict.contains("\(cause.title) ") {
          guard autopsy.verdict.contains("Largest"), let blame = autopsy.blame else { continue }
          guard autopsy.verdict.contains(" \(cause.title) \(Verdict.seconds(autopsy.costs[cause])) s [") else {
            continue
          }
          #expect(intervals[cause].low > rules.nameMilliseconds && blame[cause] >= rules.namePercent)
        }
      }
    }
  }

  @Test func `is written in tenths, halves away from zero`() {
    #expect(Verdict.seconds(1_250) == "1.3")
    #expect(Verdict.seconds(-1_250) == "-1.3")
    #expect(Verdict.seconds(-40) == "0.0")
    #expect(Verdict.seconds(12_345) == "12.3")
  }
}
