/// What a finished run is worth.
public struct RunScore: Sendable, Hashable {
  /// The four parts, in hundredths; no safety-car part when the race had no safety car.
  public var parts: StrategyIQ.Parts
  /// The Strategy IQ, in hundredths, 0...10000.
  public var iq: Int32
  /// Elapsed ms at the flag.
  public var total: Int64
  /// Against the best possible finish, ms; at least 0.
  public var toOptimum: Int64
  /// Against the real plan simulated from the same lap, ms.
  public var toReal: Int64
  /// The finishing place.
  public var place: Int
  /// The place of the best possible finish.
  public var optimumPlace: Int
  /// How far the real plan, simulated, is from the real finish, ms.
  public var replayError: Int64
  /// Regrets by part, ms.
  public var regrets: Charges
}

extension Simulation {
  /// The score of the run; nil before the flag. O(laps).
  public func score(anchors: StrategyIQ.Anchors = .standard) -> RunScore? {
    guard isFinished else { return nil }
    var regrets = Charges()
    for row in charged { regrets += row.charges }
    let optimumPlace = world.place(atEndOf: world.lapCount, elapsed: optimum)
    let parts = StrategyIQ.parts(
      regrets: regrets, toOptimum: state.elapsed - optimum, placesLost: place() - optimumPlace,
      pitLossMilliseconds: world.pitLoss.inMilliseconds + world.pitLoss.outMilliseconds,
      hasNeutralisation: world.hasNeutralisation)
    let replay = replayReal()
    return RunScore(
      parts: parts, iq: anchors.iq(ofRaw: parts.raw), total: state.elapsed, toOptimum: state.elapsed - optimum,
      toReal: state.elapsed - replay, place: place(), optimumPlace: optimumPlace,
      replayError: abs(replay - world.realElapsed[world.lapCount]), regrets: regrets)
  }

  /// The real plan simulated from the lap this run began after: its finish, ms.
  public func replayReal() -> Int64 { world.replayReal(fromLap: start.lap) }
}
