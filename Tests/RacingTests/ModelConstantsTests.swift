import Testing

@testable import Racing

@Suite struct `The model constants` {
  @Test func `are named by the hash of their text`() throws {
    let shipped = ModelConstants.shipped
    #expect(shipped.version.count == 64)
    let other = try ModelConstants(json: ModelConstants.shippedText + "\n")
    #expect(other.version != shipped.version)
    #expect(other.fit == shipped.fit)
    #expect(other.circuits == shipped.circuits)
  }

  @Test func `know circuits, and any other`() {
    let constants = ModelConstants.shipped
    #expect(constants.circuits.count == 26)
    #expect(constants.circuit("monaco").inMilliseconds == 18_890)
    #expect(constants.circuit("silverstone").inMilliseconds == -220)
    #expect(constants.circuit("paul-ricard").passAdvantageMilliseconds == 1_200)
    #expect(constants.circuit("sample-ring").outMilliseconds == 18_500)
    #expect(constants.circuit("sample-ring").errorMilliseconds == nil)
  }

  @Test func `know the rules of single races`() {
    #expect(RaceRules.known(season: Int16(2025), slug: "monaco").minimumStops == 2)
    #expect(RaceRules.known(season: Int16(2023), slug: "qatar").maximumStintLaps == 18)
    #expect(RaceRules.known(season: Int16(2025), slug: "qatar").maximumStintLaps == 25)
    #expect(RaceRules.known(season: Int16(2024), slug: "qatar") == RaceRules())
  }

  @Test func `have a follow map that rises`() {
    let follow = ModelConstants.shipped.follow
    for knots in [follow.knotDeltas, follow.oneLapGaps, follow.raceGaps] {
      #expect(knots.count == 10)
      #expect(zip(knots, knots.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  private func shipped(with value: Any, at path: [String]) throws -> String {
    var sheet = try ConstantsSheet(ModelConstants.shippedText)
    sheet[path] = value
    return try sheet.text()
  }

  @Test func `are refused when broken, with the reason`() throws {
    let broken = [
      "{}", "not json", try shipped(with: "x", at: ["fit", "firstScale"]),
      try shipped(with: [[String: Any]](), at: ["circuits"]),
      try shipped(with: [4, 4], at: ["lapKinds", "wearQuarters"]),
      try shipped(with: [100, 200], at: ["follow", "oneLapGaps"]), try shipped(with: [1], at: ["scoring", "mapTo"]),
    ]
    for json in broken {
      let error = #expect(throws: ModelError.self) { try ModelConstants(json: json) }
      guard case .malformedConstants? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }
}

@Suite struct `Quantiles` {
  @Test func `interpolate between order statistics`() {
    #expect(quantile(0.25, [4.0, 1, 3, 2]) == 1.75)
    #expect(quantile(0.9, [10.0]) == 10)
    #expect(median([3.0, 1, 2]) == 2)
    #expect(median([Int64(1), 2]) == 2)
    #expect(median([Int64(-1), -2]) == -2)
    #expect(median([] as [Double]) == nil)
  }
}
