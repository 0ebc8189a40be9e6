import Testing

@testable import Racing

@Suite struct `The lap-time fit` {
  @Test func `tries`() throws {
    for seed in [1, 2, 3, 4] as [UInt64] {
      let record = SyntheticRace.generate(seed: seed, rainFrom: seed == 4 ? 30 : nil)
      let clock = ContinuousClock()
      var model: RaceModel?
      let time = try clock.measure { model = try RaceModel(record) }
      guard let model else { return }
      let artefact = model.artefact()
      let bytes = artefact.encoded()
      #expect(try RaceArtefact(encoded: bytes) == artefact)
      #expect(try RaceRecord(canonicalBytes: record.canonicalBytes) == record)
      print(
        "seed", seed, time, "clean", model.cleanLaps.count, "scale", model.fit.scale, "smear", model.pace.smear,
        bytes.count, record.canonicalBytes.count, artefact.stintCaps, artefact.pitLoss, artefact.hash.prefix(8))
      print(
        artefact.parameters.filter { !$0.name.hasPrefix("lap.") }.map { "\($0.name)=\($0.microseconds)" }.joined(
          separator: " "))
    }
  }
}
