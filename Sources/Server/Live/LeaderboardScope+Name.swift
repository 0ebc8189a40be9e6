import Events
import Projections

extension LeaderboardScope {
  /// The spelling in answers, which is also that of the `read` schema.
  var name: String {
    switch self {
    case .overall: "overall"
    case .season(let season): "season:\(season)"
    case .circuit(let circuit): "circuit:\(circuit)"
    }
  }

  /// The parameters that ask for it, with a trailing `&`.
  var query: String {
    switch self {
    case .overall: ""
    case .season(let season): "season=\(season)&"
    case .circuit(let circuit): "circuit=\(PercentCoding.encode(circuit))&"
    }
  }
}

extension LeaderboardKey {
  /// The place that some text names, as the link to the next page carries it; nil when it names none.
  init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 4, let rating = Int32(parts[0]), let runs = Int32(parts[1]), let position = Int64(parts[2]),
      let user = UserID(parts[3])
    else { return nil }
    self.init(rating: rating, runs: runs, listedAt: Position(rawValue: position), user: user)
  }

  /// The text that names it.
  var text: String { "\(rating)_\(runs)_\(listedAt.rawValue)_\(user)" }
}
