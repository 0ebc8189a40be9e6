/// Which statements the server knows under which names. One statement may be known several times, for parameters of
/// different types.
struct PreparedStatements {
  private struct Variant {
    var sql: String
    var types: [PostgresType]
    var generation: Int
    var serverName: String
  }

  /// How a statement is to be executed.
  struct Choice {
    let serverName: String
    let generation: Int
    /// Whether it has to be prepared first.
    let isNew: Bool
  }

  private struct Entry {
    var variants: [Variant] = []
    var nextGeneration = 0
  }

  private var entries: [String: Entry] = [:]
  /// Statements known at most; what comes beyond goes without a name.
  static let bound = 1000
  /// How often one name is prepared at most (for other parameter types, other SQL, or again after DDL).
  static let generationBound = 64

  /// How to execute a statement; `nil` when it has to go without a name: it has none, or there are too many.
  mutating func choose(_ statement: Statement, _ types: [PostgresType]) -> Choice? {
    guard !statement.name.isEmpty else { return nil }
    guard let entry = entries[statement.name] else {
      return entries.count < Self.bound ? add(statement, types, to: Entry()) : nil
    }
    for variant in entry.variants where variant.types == types && variant.sql == statement.sql {
      return Choice(serverName: variant.serverName, generation: variant.generation, isNew: false)
    }
    return entry.nextGeneration < Self.generationBound ? add(statement, types, to: entry) : nil
  }

  private mutating func add(_ statement: Statement, _ types: [PostgresType], to entry: Entry) -> Choice {
    var entry = entry
    let generation = entry.nextGeneration
    // The separator cannot be part of a caller's name by accident.
    let serverName = generation == 0 ? statement.name : "\(statement.name)\u{1}\(generation)"
    entry.variants.append(
      Variant(sql: statement.sql, types: types, generation: generation, serverName: serverName))
    entry.nextGeneration += 1
    entries[statement.name] = entry
    return Choice(serverName: serverName, generation: generation, isNew: true)
  }

  /// The server does not know it (any more): its next use prepares it anew.
  mutating func forget(_ name: String, generation: Int) {
    entries[name]?.variants.removeAll { $0.generation == generation }
  }
}
