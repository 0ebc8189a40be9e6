/// One figure with its target.
struct Row: Sendable {
  /// What a figure must be.
  enum Target: Sendable {
    case atMost(Double)
    case atLeast(Double)
    case within(Double, Double)
    /// Reported without a target.
    case none
  }

  /// What happened to the target.
  enum Outcome: String, Sendable {
    case pass, miss, report
    /// There is no race to measure on.
    case empty = "no races"
  }

  let goal: String
  let figure: Double?
  let unit: String
  let target: Target
  let list: String
  let sample: Int
  let detail: String

  init(
    _ goal: String, _ figure: Double?, _ unit: String = "", _ target: Target, on list: String, sample: Int,
    detail: String = ""
  ) {
    self.goal = goal
    self.figure = figure
    self.unit = unit
    self.target = target
    self.list = list
    self.sample = sample
    self.detail = detail
  }

  var outcome: Outcome {
    guard let figure, sample > 0 else { return .empty }
    switch target {
    case .atMost(let limit): return figure <= limit ? .pass : .miss
    case .atLeast(let limit): return figure >= limit ? .pass : .miss
    case .within(let low, let high): return low <= figure && figure <= high ? .pass : .miss
    case .none: return .report
    }
  }

  var targetText: String {
    switch target {
    case .atMost(let limit): "<= \(Report.number(limit))"
    case .atLeast(let limit): ">= \(Report.number(limit))"
    case .within(let low, let high): "\(Report.number(low)) to \(Report.number(high))"
    case .none: ""
    }
  }
}
