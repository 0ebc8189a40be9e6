import Events
import Projections
import Testing

@testable import Server

/// Which models of the past are kept.
@Suite struct PastShelfTests {
  private static let segment = 500
  private let history = PastShelf.History(rules: "", quarantine: [])

  /// Models at the end of every segment of accounts that come one after the other.
  private func models(_ count: Int) throws -> [ReadModel] {
    var model = ReadModel()
    return try (0..<count).map { segment in
      for number in (segment * Self.segment)..<((segment + 1) * Self.segment) { try model.apply(registration(number)) }
      return model
    }
  }

  private func registration(_ number: Int) -> RecordedEvent {
    let id = UserID(high: 1, low: UInt64(number))
    return RecordedEvent(
      position: Position(rawValue: Int64(number) + 1), stream: StreamID(high: id.high, low: id.low),
      version: Version(rawValue: 1), actor: id, actorVersion: Version(rawValue: 1),
      command: CommandID(high: 2, low: UInt64(number)), recordedAt: Timestamp(microseconds: Int64(number)),
      event: .userRegistered(.init(kind: .registered)))
  }

  @Test func `a model shares with a copy what did not change`() throws {
    let models = try models(20)
    #expect(models[19].bytes(notSharedWith: models[19]) == 0)
    let whole = models[19].bytes(notSharedWith: ReadModel())
    let beside = models[19].bytes(notSharedWith: models[18])
    #expect(beside > 0)
    #expect(beside < whole)
  }

  @Test func `what fits is kept, and the nearest is never behind the position`() throws {
    var shelf = PastShelf(budget: .max, segment: Self.segment)
    let models = try models(8)
    for model in models.shuffled() { shelf.pass(model, of: history) }
    #expect(shelf.count == 8)
    for position in [1, 499, 500, 501, 1999, 2000, 4000, 5000] {
      let nearest = shelf.nearest(to: Position(rawValue: Int64(position)), of: history)
      let expected = models.last { $0.position.rawValue <= position }
      #expect(nearest?.position == expected?.position)
    }
    let place = Position(rawValue: 1500)
    #expect(shelf.model(at: place, of: history)?.position == place)
    #expect(shelf.model(at: Position(rawValue: 1501), of: history) == nil)
  }

  @Test func `models of other rules are not mixed up`() throws {
    var shelf = PastShelf(budget: .max, segment: Self.segment)
    let models = try models(3)
    let other = PastShelf.History(rules: "other", quarantine: [])
    let passing = PastShelf.History(rules: "", quarantine: [Position(rawValue: 7)])
    shelf.pass(models[0], of: history)
    shelf.keep(models[2], of: other)
    #expect(shelf.nearest(to: Position(rawValue: 9999), of: history)?.position == models[0].position)
    #expect(shelf.nearest(to: Position(rawValue: 9999), of: other)?.position == models[2].position)
    #expect(shelf.nearest(to: Position(rawValue: 9999), of: passing) == nil)
  }

  @Test func `a model between segments is kept only where it was asked for`() throws {
    var shelf = PastShelf(budget: .max, segment: Self.segment)
    var model = ReadModel()
    for number in 0..<(Self.segment + 3) { try model.apply(registration(number)) }
    shelf.pass(model, of: history)
    #expect(shelf.count == 0)
    shelf.keep(model, of: history)
    #expect(shelf.count == 1)
  }

  @Test func `the budget holds, and what is left lies evenly`() throws {
    let models = try models(64)
    let whole = models[63].bytes(notSharedWith: ReadModel())
    var all = PastShelf(budget: .max, segment: Self.segment)
    for model in models { all.pass(model, of: history) }
    let budget = (all.bytes + whole) / 2
    var shelf = PastShelf(budget: budget, segment: Self.segment)
    for model in models {
      shelf.pass(model, of: history)
      #expect(shelf.bytes <= budget)
    }
    let kept = models.indices.filter { shelf.model(at: models[$0].position, of: history) != nil }
    #expect(kept.count > 1 && kept.count < 64, "\(kept)")
    // All but the last, which was just put there.
    let gaps = Set(zip(kept, kept.dropFirst().dropLast()).map { $1 - $0 })
    #expect(gaps.count == 1, "\(kept)")
  }

  @Test func `what was asked for goes first, and that of other rules before it`() throws {
    let models = try models(6)
    let other = PastShelf.History(rules: "other", quarantine: [])
    let size = models[5].bytes(notSharedWith: ReadModel())
    var shelf = PastShelf(budget: 2 * size, segment: Self.segment)
    shelf.keep(models[5], of: other)
    shelf.keep(models[0], of: history)
    shelf.pass(models[1], of: history)
    #expect(shelf.count == 3)
    var index = 2
    while shelf.count != 0, shelf.nearest(to: Position(rawValue: 9999), of: other) != nil, index < 6 {
      shelf.pass(models[index], of: history)
      index += 1
    }
    #expect(shelf.nearest(to: Position(rawValue: 9999), of: other) == nil)
    #expect(shelf.model(at: models[1].position, of: history) != nil)
  }

  @Test func `without a budget only the last is kept`() throws {
    var shelf = PastShelf(budget: 0, segment: Self.segment)
    let models = try models(5)
    for model in models { shelf.pass(model, of: history) }
    #expect(shelf.count == 1)
    shelf.keep(models[2], of: history)
    #expect(shelf.count == 1)
    #expect(shelf.nearest(to: Position(rawValue: 9999), of: history)?.position == models[2].position)
  }
}
