/// The finding of an autopsy in words, from stored numbers alone: the same numbers give the same text.
struct Verdict {
  let autopsy: Autopsy
  let intervals: Autopsy.Intervals
  let shares: BlameShares?
  let rules: ModelConstants.Autopsy
  /// The call of largest regret when the real plan is scored; nil where that cannot be done.
  let call: WorstCall?

  /// A stop that cost most, and what would have been best instead.
  struct WorstCall: Sendable, Equatable {
    var lap: Int
    var compound: Compound
    var milliseconds: Int64
    /// Nil when it was best not to stop.
    var best: Plan.Change?
  }

  /// The whole text.
  var text: String {
    var sentences = [opening]
    if shares == nil {
      sentences.append("No meaningful loss.")
    } else {
      sentences.append(headline)
      if named.contains(.strategy), let call { sentences.append(stop(call)) }
    }
    sentences.append("Unexplained: \(Self.seconds(autopsy.costs.residual)) s.")
    return sentences.joined(separator: " ")
  }

  /// Causes that are certain enough and large enough to be named, the largest first.
  var named: [AutopsyCause] {
    guard let shares else { return [] }
    return AutopsyCause.allCases
      .filter { intervals[$0].low > rules.nameMilliseconds && shares[$0] >= rules.namePercent }
      .sorted { left, right in
        let (a, b) = (autopsy.costs[left], autopsy.costs[right])
        return a == b ? left.rawValue < right.rawValue : a > b
      }
  }

  private var opening: String {
    let values = AutopsyCause.allCases.map { autopsy.costs[$0] }
    let lost = values.reduce(0) { $0 + max(0, $1) }
    let won = values.reduce(0) { $0 - min(0, $1) }
    return "\(autopsy.driver) \(ending), \(Self.seconds(autopsy.totalLoss)) s from the ideal race"
      + " \(Self.interval(intervals.total)): \(Self.seconds(lost)) s lost, \(Self.seconds(won)) s won back."
  }

  private var ending: String {
    switch autopsy.outcome {
    case .classified(let place, let lapsDown):
      lapsDown == 0 ? "finished P\(place)" : "finished P\(place), \(lapsDown) \(lapsDown == 1 ? "lap" : "laps") down"
    case .retired(let lap, _): "retired on lap \(lap + 1)"
    case .disqualified: "was disqualified after the race"
    }
  }

  private var headline: String {
    guard let first = named.first else { return "The loss is spread over several causes; none is certain." }
    guard named.count > 1, overlap(first, named[1]) else { return "Largest cause: \(phrase(first))." }
    return "Largest causes, too close to tell apart: \(phrase(first)) and \(phrase(named[1]))."
  }

  /// Each point lies in the other's interval.
  private func overlap(_ first: AutopsyCause, _ second: AutopsyCause) -> Bool {
    let (a, b) = (intervals[first], intervals[second])
    return (b.low...b.high).contains(autopsy.costs[first]) && (a.low...a.high).contains(autopsy.costs[second])
  }

  private func phrase(_ cause: AutopsyCause) -> String {
    "\(cause.title) \(Self.seconds(autopsy.costs[cause])) s \(Self.interval(intervals[cause]))"
  }

  private func stop(_ call: WorstCall) -> String {
    let instead = call.best.map { "lap \($0.lap) for \($0.compound.name)" } ?? "staying out"
    return "The pit stop on lap \(call.lap) for \(call.compound.name) cost \(Self.seconds(call.milliseconds)) s"
      + " against \(instead), by estimate."
  }

  /// Seconds with one decimal, halves away from zero.
  static func seconds(_ milliseconds: Int64) -> String {
    let tenths = (abs(milliseconds) + 50) / 100
    return "\(milliseconds < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
  }

  private static func interval(_ interval: Autopsy.Interval) -> String {
    "[\(seconds(interval.low)), \(seconds(interval.high))]"
  }
}
