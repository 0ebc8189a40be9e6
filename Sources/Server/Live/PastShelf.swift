import Events
import Projections

/// Models of the past that are kept, within a budget of bytes: those on the way, evenly apart, from which later folds begin,
/// and those that were asked for.
///
/// Models share what did not change between them, so how many fit depends on the history. Where the budget is exceeded, what
/// was asked for longest ago goes first, and then every other one of those on the way.
struct PastShelf: Sendable {
  /// What is folded, and by which rules.
  struct History: Sendable, Hashable {
    let rules: String
    let quarantine: Set<Position>
  }

  private struct Kept: Sendable {
    let model: ReadModel
    /// Beside the one before it.
    var bytes: Int
    let isOnTheWay: Bool
    var usedAt: UInt64
  }

  private struct Row: Sendable {
    /// In order of positions.
    var kept: [Kept] = []
    /// Segments from one model on the way to the next.
    var spacing: Int64 = 1
    var usedAt: UInt64 = 0
  }

  private let budget: Int
  private let segment: Int64
  private var rows: [History: Row] = [:]
  private var uses: UInt64 = 0
  /// What the models take, about.
  private(set) var bytes = 0

  /// An empty shelf.
  /// - Parameters:
  ///   - budget: bytes. The model used last is kept in any case.
  ///   - segment: events of a segment.
  init(budget: Int, segment: Int = Segment.fullCount) {
    self.budget = budget
    self.segment = Int64(segment)
  }

  /// How many models are kept.
  var count: Int { rows.values.reduce(0) { $0 + $1.kept.count } }

  /// The model right behind a position, if it is kept.
  mutating func model(at position: Position, of history: History) -> ReadModel? {
    guard let index = rows[history]?.kept.lastIndex(where: { $0.model.position <= position }),
      rows[history]?.kept[index].model.position == position
    else { return nil }
    uses += 1
    rows[history]?.usedAt = uses
    rows[history]?.kept[index].usedAt = uses
    return rows[history]?.kept[index].model
  }

  /// The last model kept that does not stand behind the position.
  func nearest(to position: Position, of history: History) -> ReadModel? {
    rows[history]?.kept.last { $0.model.position <= position }?.model
  }

  /// Keeps a model that a fold passes, at the end of a segment, if one is wanted there.
  mutating func pass(_ model: ReadModel, of history: History) {
    let (number, rest) = model.position.rawValue.quotientAndRemainder(dividingBy: segment)
    guard rest == 0, number % (rows[history]?.spacing ?? 1) == 0 else { return }
    insert(model, of: history, isOnTheWay: true)
  }

  /// Keeps a model that was asked for.
  mutating func keep(_ model: ReadModel, of history: History) {
    insert(model, of: history, isOnTheWay: false)
  }

  private mutating func insert(_ model: ReadModel, of history: History, isOnTheWay: Bool) {
    uses += 1
    var row = rows[history] ?? Row()
    row.usedAt = uses
    let index = row.kept.firstIndex { $0.model.position >= model.position } ?? row.kept.count
    if index < row.kept.count, row.kept[index].model.position == model.position {
      row.kept[index].usedAt = uses
    } else {
      row.kept.insert(Kept(model: model, bytes: 0, isOnTheWay: isOnTheWay, usedAt: uses), at: index)
      weigh(&row, at: index)
      weigh(&row, at: index + 1)
    }
    rows[history] = row
    while bytes > budget, makeRoom(besides: history) {}
  }

  /// Frees something. False when there is nothing but the model used last.
  private mutating func makeRoom(besides history: History) -> Bool {
    let others = rows.filter { $0.key != history }
    if let oldest = others.min(by: { $0.value.usedAt < $1.value.usedAt }) {
      bytes -= oldest.value.kept.reduce(0) { $0 + $1.bytes }
      rows[oldest.key] = nil
      return true
    }
    guard var row = rows[history], row.kept.count > 1 else { return false }
    defer { rows[history] = row }
    let asked = row.kept.indices.filter { !row.kept[$0].isOnTheWay && row.kept[$0].usedAt != uses }
    if let oldest = asked.min(by: { row.kept[$0].usedAt < row.kept[$1].usedAt }) {
      remove(oldest, from: &row)
    } else {
      thin(&row)
    }
    return true
  }

  /// Doubles the distance of the models on the way.
  private mutating func thin(_ row: inout Row) {
    row.spacing *= 2
    for index in row.kept.indices.reversed() where row.kept[index].isOnTheWay && row.kept[index].usedAt != uses {
      let number = row.kept[index].model.position.rawValue / segment
      if number % row.spacing != 0 { remove(index, from: &row) }
    }
  }

  private mutating func remove(_ index: Int, from row: inout Row) {
    bytes -= row.kept.remove(at: index).bytes
    weigh(&row, at: index)
  }

  private mutating func weigh(_ row: inout Row, at index: Int) {
    guard index < row.kept.count else { return }
    let model = row.kept[index].model
    let before = index > 0 ? row.kept[index - 1].model : ReadModel(rules: model.rules)
    bytes -= row.kept[index].bytes
    row.kept[index].bytes = model.bytes(notSharedWith: before)
    bytes += row.kept[index].bytes
  }
}
