/// Holds the official times of a race against the sums of lap times. That finds when the race really began, penalties
/// inside official times, and gaps that are to the wrong car, without being told of any.
public struct SumCheck: Sendable, Equatable {
  /// What one car's official time turned out to be.
  public enum Verdict: Sendable, Equatable {
    /// The laps add up to it.
    case consistent
    /// It contains a time penalty of that many milliseconds.
    case penalty(Int)
    /// Its gap is to the car one place ahead; the time is raised by that many milliseconds.
    case gapToCarAhead(Int)
    /// It is off by that many milliseconds, nobody knows why; it stays as it is.
    case unexplained(Int)
  }

  /// One car whose laps are all timed.
  public struct Car: Sendable, Equatable {
    /// The car's number.
    public let number: Int
    /// The official time as published.
    public let published: Int
    /// What is wrong with it.
    public let verdict: Verdict
    /// The first lap, from the start to the line; nil where its end is unknown.
    public let firstLap: Int?
    /// The sum of all laps.
    public let lapSum: Int

    /// The official time, put right.
    public var time: Int {
      if case .gapToCarAhead(let raise) = verdict { return published + raise }
      return published
    }
  }

  /// The official start less the announced one; nil where fewer than five cars, or fewer than half, agree.
  public let offset: Int?
  /// The cars that could be checked, in the order of the results.
  public let cars: [Car]

  /// The check of a race. `laps` are the cars' laps, `started` the announced start on the session clock.
  public init(laps: [[SessionLap]], results: [OfficialResults.Row], started: Int) {
    let estimates = results.compactMap { SumCheck.estimate($0, laps: laps, started: started) }
    offset = SumCheck.agreed(estimates.map(\.offset))
    guard let offset else {
      cars = []
      return
    }
    let winner = results.first { $0.position == 1 }?.time
    cars = estimates.map { estimate in
      let residual = estimate.offset - offset
      let ahead = results.first { $0.position == estimate.row.position.map { $0 - 1 } }?.time
      let gapAhead = ahead.flatMap { time in winner.map { time - $0 } }
      let firstLap = estimate.firstEnd - started - offset
      return Car(
        number: estimate.row.number, published: estimate.published,
        verdict: SumCheck.verdict(residual, gapOfCarAhead: gapAhead), firstLap: firstLap,
        lapSum: firstLap + estimate.laterLaps)
    }
  }

  /// The first lap of every car that ended it: its end less the official start. Nothing where that start is unknown.
  public func firstLaps(_ laps: [[SessionLap]], started: Int) -> [Int: Int] {
    guard let offset else { return [:] }
    var times: [Int: Int] = [:]
    for car in laps {
      guard let lap = car.first, lap.lap == 1, !lap.isGenerated, let end = lap.end else { continue }
      times[lap.number] = end - started - offset
    }
    return times
  }

  private struct Estimate {
    let row: OfficialResults.Row
    let published: Int
    let offset: Int
    let firstEnd: Int
    let laterLaps: Int
  }

  private static func estimate(_ row: OfficialResults.Row, laps: [[SessionLap]], started: Int) -> Estimate? {
    guard let published = row.time, let count = row.laps, count > 0,
      let car = laps.first(where: { $0.first?.number == row.number }), let first = car.first(where: { $0.lap == 1 }),
      !first.isGenerated, let firstEnd = first.end
    else { return nil }
    let later = car.filter { (2...max(2, count)).contains($0.lap) && $0.lap <= count && !$0.isGenerated }
    let times = later.compactMap(\.time)
    guard times.count == count - 1 else { return nil }
    let sum = times.reduce(0, +)
    return Estimate(
      row: row, published: published, offset: firstEnd - started - (published - sum), firstEnd: firstEnd,
      laterLaps: sum)
  }

  /// The commonest value, where at least five and more than half have it.
  private static func agreed(_ offsets: [Int]) -> Int? {
    let counts = Dictionary(offsets.map { ($0, 1) }, uniquingKeysWith: +)
    guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
    return best.value >= 5 && best.value * 2 > offsets.count ? best.key : nil
  }

  private static func verdict(_ residual: Int, gapOfCarAhead: Int?) -> Verdict {
    if residual == 0 { return .consistent }
    if residual < 0, -residual % 5_000 == 0 { return .penalty(-residual) }
    if residual > 0, let gapOfCarAhead, abs(residual - gapOfCarAhead) <= 1 { return .gapToCarAhead(residual) }
    return .unexplained(residual)
  }
}
