/// How long to wait before the next try.
struct BackOff: Sendable, Equatable {
  let first: Duration
  let longest: Duration

  init(_ limits: FetchLimits) {
    first = limits.firstPause
    longest = limits.longestPause
  }

  /// The pause after a try that failed, counted from 1: doubled from try to try, and the second half of it left to chance
  /// so that many who failed together do not come back together.
  func pause(afterAttempt attempt: Int, chance: Double) -> Duration {
    let doubled = first * (1 << min(max(attempt - 1, 0), 16))
    let whole = min(doubled, longest)
    return whole / 2 + whole / 2 * chance
  }
}
