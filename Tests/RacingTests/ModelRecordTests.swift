import Testing

@testable import Racing

@Suite struct `The stored form of a race` {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `gives back every field`(seed: UInt64) throws {
    var record = SyntheticRace.generate(seed: seed)
    record.name = "Tab\there, line\nfeed, return\r, back\\slash, Łódź"
    record.qualityNote = "\\t is not a tab"
    record.quality = .b
    record.rules = RaceRules(minimumDryCompounds: 1, minimumStops: 2, maximumStintLaps: 25)
    record.startSessionMilliseconds = 3_600_123
    record.scheduledLapCount = nil
    record.entrants[0].grid = .pitLane
    record.entrants[1].grid = nil
    record.entrants[2].teamColour = nil
    record.entrants[3].laps[4].sectorMilliseconds = [nil, 31_000, nil]
    record.entrants[3].laps[5].isGenerated = true
    record.entrants[3].laps[6].isCounted = false
    record.entrants[3].laps[7].isDeleted = true
    record.entrants[3].laps[8].compound = nil
    record.entrants[3].laps[9].timeSource = .derived
    record.entrants[4].pitStops.append(PitStop(lap: 50))
    record.entrants[5].laps[0] = Lap(number: 1)
    #expect(try RaceRecord(canonicalBytes: record.canonicalBytes) == record)
  }

  @Test func `does not depend on the order of rows`() throws {
    let record = SyntheticRace.generate(seed: 9)
    var shuffled = record
    var random = SplitMix(seed: 5)
    shuffled.entrants.shuffle(using: &random)
    for index in shuffled.entrants.indices { shuffled.entrants[index].laps.shuffle(using: &random) }
    #expect(shuffled != record)
    #expect(shuffled.digest == record.digest)
  }

  @Test func `has the digest it always had`() {
    let record = SyntheticRace.generate(seed: 2026)
    #expect(record.digest == "d695429064e03dbae18751a2ff8dd63fa1ed9925b99e599e00bcd3dad5de0942")
  }

  @Test func `changes its digest with any field`() {
    let record = SyntheticRace.generate(seed: 1, laps: 20)
    var changed = record
    changed.entrants[7].laps[3].tyreLife? += 1
    #expect(changed.digest != record.digest)
  }

  @Test func `names the line that cannot be read`() throws {
    let text = String(decoding: SyntheticRace.generate(seed: 1, laps: 20).canonicalBytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let lap = try #require(lines.firstIndex { $0.hasPrefix("lap\t") })
    for broken in ["lap\tx", "lap\t1\t2", "nonsense", "lap\t01" + lines[lap].dropFirst(5), lines[lap] + "x"] {
      var changed = lines
      changed[lap] = broken
      let error = #expect(throws: ModelError.self) {
        try RaceRecord(canonicalBytes: Array(changed.joined(separator: "\n").utf8))
      }
      guard case .malformedRecord(let line, _)? = error else {
        Issue.record("\(broken) gave \(String(describing: error))")
        continue
      }
      #expect(line == lap + 1)
    }
  }

  @Test func `refuses every shortened form`() {
    let bytes = SyntheticRace.generate(seed: 1, laps: 20).canonicalBytes
    var random = SplitMix(seed: 77)
    for _ in 0..<300 {
      let length = random.integer(in: 0...bytes.count - 1)
      #expect(throws: ModelError.self, "length \(length)") {
        try RaceRecord(canonicalBytes: Array(bytes.prefix(length)))
      }
    }
  }

  @Test func `never crashes on damaged bytes`() {
    let bytes = SyntheticRace.generate(seed: 1, laps: 20).canonicalBytes
    var random = SplitMix(seed: 78)
    for _ in 0..<300 {
      var damaged = bytes
      damaged[random.integer(in: 0...bytes.count - 1)] = UInt8(random.integer(in: 0...255))
      if let record = try? RaceRecord(canonicalBytes: damaged) { _ = try? record.validate() }
    }
  }
}
