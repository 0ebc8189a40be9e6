import Testing

@testable import Racing

@Suite struct `A made-up race` {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `adds up and is a race`(seed: UInt64) {
    let race = SyntheticRace.generate(seed: seed)
    #expect(race == SyntheticRace.generate(seed: seed))
    #expect(race.isSynthetic)
    #expect(race.entrants.count == 20)
    #expect(race.entrants.map(\.code) == race.entrants.map(\.code).sorted())
    for entrant in race.entrants {
      var elapsed: Int64 = 0
      for (index, lap) in entrant.laps.enumerated() {
        #expect(lap.number == index + 1)
        elapsed += lap.timeMilliseconds ?? 0
        #expect(lap.elapsedMilliseconds == elapsed)
        #expect(lap.sectorMilliseconds.compactMap { $0 }.reduce(0, +) == lap.timeMilliseconds)
      }
    }
    #expect(race.neutralisations.contains { $0.kind == .safetyCar })
    #expect(race.entrants.contains { $0.result.position == 1 && $0.laps.count == race.lapCount })
  }
}
