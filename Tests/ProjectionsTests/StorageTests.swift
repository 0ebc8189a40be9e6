import Events
import TestSupport
import Testing

@testable import Projections

struct Storage {
  @Test func `rows have no padding, so that their bytes are their values`() {
    #expect(MemoryLayout<PlayerRow>.stride == 7 * 4 + 2 * 4 + 2 + 1 + 1)
    #expect(MemoryLayout<RunRow>.stride == 2 * 8 + 8 * 4 + 2 * 2 + 4)
    #expect(MemoryLayout<ResultRow>.stride == 8 * 4 + 7 * 2 + 4 + 4 + 2)
    #expect(MemoryLayout<DecisionRow>.stride == 4 * 4 + 4)
    #expect(MemoryLayout<CountedRow>.stride == 8 + 4 + 2 * 2)
    #expect(MemoryLayout<ShareRow>.stride == 5 * 4)
    #expect(MemoryLayout<NumberRow>.stride == 8 + 4 + 2 + 2)
    #expect(MemoryLayout<ClusterRow>.stride == 3 * 4)
    #expect(MemoryLayout<EntryRow>.stride == 4 * 8 + 2 * 4)
  }

  @Test func `a table of ordinals knows what a dictionary knows`() {
    var random = SplitMix64(seed: 1)
    var table = OrdinalTable<PairKey>()
    var dictionary: [UInt64: UInt32] = [:]
    for _ in 0..<50_000 {
      let key = PairKey(random.number(0...300), random.number(0...300))
      let (ordinal, isNew) = table.insert(key)
      #expect(isNew == (dictionary[key.value] == nil))
      dictionary[key.value, default: ordinal] = ordinal
      #expect(dictionary[key.value] == ordinal)
      let other = PairKey(random.number(0...600), random.number(0...600))
      #expect(table.ordinal(of: other) == dictionary[other.value])
    }
    #expect(table.count == dictionary.count)
    #expect(dictionary.values.sorted() == Array(0..<UInt32(table.count)))
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 20_000])
  func `a column reads back from its bytes and does not change when its copy does`(_ count: Int) throws {
    var column = Column<UInt32>()
    for value in 0..<UInt32(count) { #expect(column.append(value &* 7) == value) }
    var sink = SnapshotSink(capacity: 0)
    column.write(to: &sink)
    let again = try sink.bytes.withUnsafeBytes { bytes in
      var source = StateSource(bytes)
      return try Column<UInt32>(from: &source)
    }
    var copy = column
    for index in 0..<count { copy[index] += 1 }
    copy.append(0)
    #expect(again.count == count && copy.count == count + 1)
    #expect(
      (0..<count).allSatisfy { again[$0] == UInt32($0) &* 7 && column[$0] == again[$0] && copy[$0] == again[$0] + 1 })
  }

  @Test func `the rank tree counts like a sorted list`() {
    var random = SplitMix64(seed: 2)
    var tree = RankTree()
    var ratings: [Int] = []
    for _ in 0..<2000 {
      if let gone = ratings.indices.randomElement(using: &random), random.number(0...2) == 0 {
        tree.add(-1, at: ratings.remove(at: gone))
      } else {
        // Both ends of the scale, and crowds in between.
        let rating =
          random.number(0...3) == 0 ? [0, 1, 9_999, 10_000].randomElement(using: &random)! : random.number(4000...4100)
        ratings.append(rating)
        tree.add(1, at: rating)
      }
    }
    ratings.sort(by: >)
    #expect(tree.count == ratings.count)
    for (index, rating) in ratings.enumerated() {
      let found = tree.rating(atIndex: index)
      #expect(found.rating == rating)
      #expect(found.offset == index - ratings.firstIndex(of: rating)!)
      #expect(tree.countAbove(rating) == ratings.firstIndex(of: rating)!)
    }
  }

  @Test func `whole roots are exact`() {
    for value in Array(0...1000) + [Int64.max / 4, (1 << 60) - 1, 1 << 60, (1 << 60) + 1] as [Int64] {
      let root = wholeRoot(value)
      #expect(root * root <= value && (root + 1) * (root + 1) > value)
    }
  }
}
