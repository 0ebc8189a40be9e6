import Racing
import TestSupport
import Testing

@testable import Timing

/// Damages sound files at random. Reading may refuse or accept them, but never crashes and never throws anything untyped.
@Suite struct MutationTests {
  private static let sound = """
    Time,Driver,DriverNumber,LapTime,LapNumber,Stint,PitOutTime,PitInTime,Compound,TyreLife,Team,LapStartTime,TrackStatus
    0 days 00:02:30.100000,AAA,1,,1.0,1.0,,0 days 00:02:29,SOFT,3.0,"Red ""Bull"" Racing",0 days 00:01:00,1
    0 days 00:04:00.100000,AAA,1,90.0,2.0,2.0,0 days 00:02:50.5,,HARD,1.0,"Red, Bull",0 days 00:02:30.1,12
    0 days 00:02:31,BBB,2,nan,1.0,1.0,,,nan,nan,Blue,0 days 00:01:00,
    241,BBB,2,1:30.000,2.0,1.0,,,UNKNOWN,4.0,Blue,0 days 00:02:31,24.0

    """

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a damaged laps file gives a record or a typed error`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let facts = RaceFacts(season: 2023, round: 6, slug: "monaco")
    var (accepted, refused) = (0, 0)
    for round in 0..<1_000 {
      let bytes = Self.damaged(Array(Self.sound.utf8), &random)
      let packed = round % 4 == 0 ? Self.damaged(gzip(bytes), &random) : bytes
      do throws(TimingError) {
        let table = try FastF1LapsTable(InputFile(path: "laps.csv", stored: packed), limits: ReadingLimits())
        let identity = try RaceIdentity(
          facts: facts, season: nil, round: nil, slug: nil, eventName: nil, source: "laps.csv")
        let race = try FastF1Race(
          event: table.events[0], session: .init(), identity: identity, facts: facts, notes: [], source: "laps.csv")
        #expect(try race.imported(source: "laps.csv").record.entrants.count >= 1, "seed \(seed), round \(round)")
        accepted += 1
      } catch {
        #expect(!error.description.isEmpty, "seed \(seed), round \(round)")
        refused += 1
      }
    }
    #expect(accepted > 0 && refused > 300, "seed \(seed): \(accepted) accepted, \(refused) refused")
  }

  /// One to three bytes flipped, cut out, doubled or replaced by a character that means something.
  private static func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] ^= UInt8.random(in: 1...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(bytes[place], at: place)
      case 3: bytes[place] = Array("\",\n\r-9.: \0".utf8).randomElement(using: &random)!
      default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...80, using: &random)))
      }
    }
    return bytes
  }
}
