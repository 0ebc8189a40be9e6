import Events
import Racing
import Synchronization
import TestSupport
import Testing

struct Identifiers {
  @Test func `text and bytes read back, and keep the order`() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<1000 {
      let (one, other) = (random.identifier(StreamID.self), random.identifier(StreamID.self))
      #expect(StreamID(one.description) == one)
      #expect(StreamID(one.description.uppercased()) == one)
      #expect(one.bytes.withUnsafeBytes { StreamID(bytes: $0) } == one)
      #expect((one < other) == (one.description < other.description))
    }
  }

  @Test(arguments: [
    "", "0192f0a1-b2c3-7d4e-8f01-23456789abc", "0192f0a1-b2c3-7d4e-8f01-23456789abcg",
    "0192f0a1xb2c3-7d4e-8f01-23456789abcd", "0192f0a1b2c37d4e8f0123456789abcd0000",
  ])
  func `anything else is no identifier`(_ text: String) { #expect(UserID(text) == nil) }

  @Test func `generated identifiers ascend, also when the clock goes back`() {
    let milliseconds = Mutex<[Int64]>([5000, 5000, 4000, 5001, 9, 7000])
    let generator = IdentifierGenerator(
      now: {
        Timestamp(microseconds: 1000 * milliseconds.withLock { $0.isEmpty ? 7000 : $0.removeFirst() })
      }, random: { .max })
    let ids = (0..<5000).map { _ in generator.next(StreamID.self) }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ids.allSatisfy { $0.high & 0xf000 == 0x7000 && $0.low >> 62 == 2 })
    #expect(ids[0].high >> 16 == 5000)
  }

  @Test func `a race's stream is the same everywhere`() {
    let id = StreamID(race: RaceKey(season: 2023, round: 6))
    #expect(id.description == "0b45be5a-6954-8f03-97f5-a6db953729d8")
    #expect(id != StreamID(race: RaceKey(season: 2023, round: 7)))
    #expect(id.high & 0xf000 == 0x8000 && id.low >> 62 == 2)
  }
}
