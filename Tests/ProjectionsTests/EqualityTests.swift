import Events
import Projections
import TestSupport
import Testing

struct Equality {
  static func fold(_ events: some Sequence<RecordedEvent>, _ model: ReadModel = ReadModel()) throws -> ReadModel {
    var model = model
    try model.apply(events)
    return model
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `one by one, in chunks, at once and from a snapshot give the same bytes`(_ seed: UInt64) throws {
    let events = RandomHistory.events(seed: seed)
    let whole = try Self.fold(events)
    var random = SplitMix64(seed: seed &* 77)
    var chunked = ReadModel()
    var start = 0
    while start < events.count {
      let end = min(events.count, start + random.number(1...400))
      try chunked.apply(events[start..<end])
      // Whatever is asked in between leaves no trace.
      _ = chunked.crowd(circuit: "circuit-1", season: 2023)
      _ = chunked.takeChanges()
      if random.number(0...4) == 0 { chunked = try ReadModel(snapshot: chunked.snapshot()) }
      start = end
    }
    #expect(chunked.stateHash == whole.stateHash)
    #expect(chunked.snapshot() == whole.snapshot())
    #expect(whole.position.rawValue == Int64(events.count))
  }

  @Test func `a copy is not changed by what happens to the original`() throws {
    let events = RandomHistory.events(seed: 99)
    var model = try Self.fold(events.prefix(2000))
    let copy = model
    let hash = copy.stateHash
    try model.apply(events.dropFirst(2000))
    #expect(copy.stateHash == hash)
    #expect(model.stateHash == (try Self.fold(events)).stateHash)
  }

  @Test func `other histories and other rules have other hashes`() throws {
    let events = RandomHistory.events(seed: 5)
    let model = try Self.fold(events)
    #expect(model.stateHash != (try Self.fold(events.dropLast())).stateHash)
    var rules = CrowdRules()
    rules.acceptedIQ = 8000
    #expect(try Self.fold(events, ReadModel(rules: rules)).stateHash != model.stateHash)
  }
}

struct Snapshots {
  let model: ReadModel
  let bytes: [UInt8]

  init() throws {
    var options = RandomHistory.Options()
    options.events = 300
    model = try Equality.fold(RandomHistory.events(seed: 8, options))
    bytes = model.snapshot()
  }

  @Test func `any changed or missing byte is noticed`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<300 {
      var damaged = bytes
      damaged[random.number(8...(damaged.count - 1))] ^= 1 << random.number(0...7)
      #expect(throws: SnapshotError.damaged) { try ReadModel(snapshot: damaged) }
      let length = random.number(41...(bytes.count - 1))
      #expect(throws: SnapshotError.damaged) { try ReadModel(snapshot: Array(bytes.prefix(length))) }
    }
    #expect(throws: SnapshotError.notASnapshot) { try ReadModel(snapshot: []) }
    #expect(throws: SnapshotError.notASnapshot) {
      try ReadModel(snapshot: Array("something else, long enough to hold a hash".utf8))
    }
  }

  @Test func `a snapshot made under other rules is refused`() {
    var rules = CrowdRules()
    rules.clusterUsers = 6
    #expect(throws: SnapshotError.otherRules) { try ReadModel(snapshot: bytes, rules: rules) }
  }

  @Test func `it ends with the state hash`() {
    let hash = bytes.suffix(32).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    #expect(hash == model.stateHash)
  }
}
