import Events

/// A leaderboard: everybody, one season, or one circuit.
enum Board: Sendable, Hashable {
  case overall
  case season(Int16)
  case circuit(String)

  /// The spelling in answers, which is also that of the `read` schema.
  var name: String {
    switch self {
    case .overall: "overall"
    case .season(let season): "season:\(season)"
    case .circuit(let circuit): "circuit:\(circuit)"
    }
  }
}

/// A part of a leaderboard, in its order.
struct BoardPage: Sendable {
  /// One account on a leaderboard.
  struct Row: Sendable, Equatable {
    /// Equal ratings share a rank.
    var rank: Int
    var user: UserID
    /// Hundredths of a Strategy IQ.
    var rating: Int
    /// Half of the interval around the rating, hundredths.
    var interval: Int
    /// Races that count.
    var runs: Int
    /// Position of the run that listed the account.
    var qualifiedAt: Position
  }

  var rows: [Row]
  /// There are rows behind the last one.
  var hasMore: Bool
  /// Accounts on the whole leaderboard.
  var listed: Int
}

/// A place in a leaderboard's order, as the link to the next page carries it.
struct BoardCursor: Sendable, Equatable {
  var rating: Int
  var runs: Int
  var qualifiedAt: Position
  var user: UserID

  /// The place of a row.
  init(_ row: BoardPage.Row) {
    rating = row.rating
    runs = row.runs
    qualifiedAt = row.qualifiedAt
    user = row.user
  }

  /// The place that some text names; nil when it names none.
  init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 4, let rating = Int(parts[0]), let runs = Int(parts[1]), let position = Int64(parts[2]),
      let user = UserID(parts[3])
    else { return nil }
    self.rating = rating
    self.runs = runs
    qualifiedAt = Position(rawValue: position)
    self.user = user
  }

  /// The text that names it.
  var text: String { "\(rating)_\(runs)_\(qualifiedAt.rawValue)_\(user)" }
}
