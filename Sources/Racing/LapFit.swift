/// A fitted lap-time model: parameters, residuals, and the scale of what it does not explain. Seconds.
package struct LapFit: Sendable, Equatable {
  /// Where each parameter stands.
  package let layout: LapLayout
  /// The level around which the model is written: the median clean lap.
  package let level: Double
  /// The parameters, by `layout`.
  package let parameters: [Double]
  /// Observed minus predicted, parallel to the clean laps.
  package let residuals: [Double]
  /// Robust standard deviation of the residuals.
  package let scale: Double

  /// Fits the model to clean laps with Huber's loss: a fixed number of weighted least-squares rounds, each solved by
  /// one Cholesky factorisation. Every sum runs in a fixed order, so equal laps give equal bits.
  ///
  /// - Parameter external: A weight for each clean lap beside the robust one; nil for 1 everywhere. A lap of weight 0
  ///   has a residual but no say.
  /// - Parameter point: A fit of the same laps whose robust weights are the first ones; then fewer rounds are needed.
  /// - Throws: `ModelError.notPositiveDefinite` when the equations have no solution.
  /// - Complexity: O(rounds · (laps + unknowns · common unknowns²)).
  package init(
    _ data: RaceData, cleanLaps: [RaceData.CleanLap], constants: ModelConstants, external: [Double]? = nil,
    from point: LapFit? = nil
  ) throws(ModelError) {
    let fit = constants.fit
    layout = LapLayout(
      lapCount: data.lapCount, classes: data.classes, teamCount: data.teams.count, driverCount: data.drivers.count)
    let design = LapDesign(data, cleanLaps, layout, fit)
    let weights = external ?? [Double](repeating: 1, count: design.rowCount)
    precondition(weights.count == design.rowCount, "\(weights.count) weights for \(design.rowCount) laps")
    let used = design.observed.indices.filter { weights[$0] > 0 }
    guard let level = median(used.map { design.observed[$0] }) else {
      throw .refused(.tooFewCleanLaps(found: 0, needed: constants.cleaning.minimumCleanLaps))
    }
    self.level = level
    let priors = LapPriors(layout, fit, isWet: data.isWet)
    var rounds = HuberRounds(design: design, level: level, priors: priors, external: weights, fit: fit)
    if let point { rounds.begin(residuals: point.residuals, scale: point.scale) }
    for _ in 0..<(point == nil ? fit.iterations : Self.refitRounds) { try rounds.reweight() }
    parameters = rounds.parameters
    residuals = rounds.residuals
    scale = rounds.scale
  }

  /// Observed less what a car alone on the track would need, parallel to the clean laps.
  func clearAirResiduals(
    _ data: RaceData, _ laps: [RaceData.CleanLap], _ rules: ModelConstants.Fit
  ) -> [Double] {
    let design = LapDesign(data, laps, layout, rules)
    return residuals.indices.map { row in
      residuals[row]
        + design.predicted(row, parameters) { layout.circumstanceRange.contains($0) && !layout.isRestart($0) }
    }
  }

  /// Rounds from another fit's weights.
  private static let refitRounds = 3
}

/// Iteratively reweighted least squares.
private struct HuberRounds {
  let design: LapDesign
  let level: Double
  let priors: LapPriors
  let external: [Double]
  let fit: ModelConstants.Fit
  var robust: [Double]
  var parameters: [Double] = []
  var residuals: [Double] = []
  var scale: Double

  init(design: LapDesign, level: Double, priors: LapPriors, external: [Double], fit: ModelConstants.Fit) {
    self.design = design
    self.level = level
    self.priors = priors
    self.external = external
    self.fit = fit
    robust = [Double](repeating: 1, count: design.rowCount)
    scale = fit.firstScale
  }

  /// Takes over weights from another fit.
  mutating func begin(residuals: [Double], scale: Double) {
    self.scale = scale
    weigh(residuals)
  }

  /// One round: solve with the weights at hand, then weigh by the residuals.
  mutating func reweight() throws(ModelError) {
    var matrix = priors.precision
    var right = priors.right
    for row in 0..<design.rowCount where external[row] > 0 {
      let weight = robust[row] * external[row] / (scale * scale)
      design.add(row, target: design.observed[row] - level, weight: weight, to: &matrix, &right)
    }
    parameters = try matrix.solve(right)
    residuals = (0..<design.rowCount).map { row in
      design.observed[row] - level - design.predicted(row, parameters)
    }
    let sizes = residuals.indices.filter { external[$0] > 0 }.map { abs(residuals[$0]) }
    scale = max(fit.madFactor * (median(sizes) ?? 0), fit.minimumScale)
    weigh(residuals)
  }

  private mutating func weigh(_ residuals: [Double]) {
    let limit = fit.huber * scale
    robust = residuals.map { abs($0) <= limit ? 1 : limit / abs($0) }
  }
}
