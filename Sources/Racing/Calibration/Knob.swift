/// One constant that no single measurement gives: it is set where the races are told best.
struct Knob: Sendable {
  /// What it is called in the list of changes.
  let name: String
  /// Every place it stands at; all of them get the same number.
  let paths: [[String]]
  /// How far the next value to be tried is.
  let step: Double
  /// It never leaves this range.
  let range: ClosedRange<Double>
  /// Decimal places of a number that is spelled as a string; nil for an integer.
  let places: Int?

  /// The number it has.
  func value(in sheet: ConstantsSheet) -> Double? { paths.first.flatMap(sheet.number) }

  /// Spells a number as the constants do.
  func spelled(_ value: Double) -> String { decimal(value, places: places ?? 0) }

  /// Sets it.
  func set(_ value: Double, in sheet: inout ConstantsSheet) {
    for path in paths {
      sheet[path] = places == nil ? Int(value.rounded()) as Any : spelled(value) as Any
    }
  }

  private init(
    _ name: String, _ paths: [[String]], step: Double, in range: ClosedRange<Double>, places: Int? = nil
  ) {
    self.name = name
    self.paths = paths
    self.step = step
    self.range = range
    self.places = places
  }

  /// Priors of the lap-time fit: laps that were held out judge them.
  static let ofLaps: [Knob] = [
    Knob("team, deviation", [["fit", "team", "deviation"]], step: 0.05, in: 0.1...0.6, places: 2),
    Knob("driver, deviation", [["fit", "driver", "deviation"]], step: 0.05, in: 0.05...0.4, places: 2),
    Knob("fuel, mean", [["fit", "fuel", "mean"]], step: 0.01, in: -0.09...(-0.02), places: 3),
    Knob("fuel, deviation", [["fit", "fuel", "deviation"]], step: 0.01, in: 0.01...0.05, places: 3),
    Knob(
      "compounds, deviation", (0..<3).map { ["fit", "compound", "\($0)", "deviation"] }, step: 0.05, in: 0.05...0.4,
      places: 2),
    Knob("wear, mean", [["fit", "wear", "mean"]], step: 0.01, in: 0.01...0.1, places: 3),
    Knob("wear, deviation", [["fit", "wear", "deviation"]], step: 0.01, in: 0.01...0.06, places: 3),
    Knob(
      "compounds' wear, deviation", (0..<3).map { ["fit", "compoundWear", "\($0)", "deviation"] }, step: 0.005,
      in: 0.005...0.04, places: 3),
    Knob("driver's wear, deviation", [["fit", "driverWear", "deviation"]], step: 0.002, in: 0.002...0.012, places: 3),
    Knob("step of a lap, deviation", [["fit", "dryIncrement"]], step: 0.05, in: 0.05...0.4, places: 2),
    Knob("Huber's bound", [["fit", "huber"]], step: 0.2, in: 0.8...2, places: 1),
    Knob("lapped, mean", [["fit", "lapped", "mean"]], step: 0.2, in: 0.4...2, places: 1),
  ]

  /// Gaps of the follow map for one lap, up to the advantage with which a pass is all but certain.
  static let ofGaps: [Knob] = (0..<7).map { place in
    Knob("gap within a lap, knot \(place + 1)", [["follow", "oneLapGaps", "\(place)"]], step: 50, in: 300...2_000)
  }

  /// What only whole races show.
  static let ofRaces: [Knob] = [
    Knob("gap kept over a race", [["follow", "raceFloorMilliseconds"]], step: 30, in: 150...600),
    Knob("share lost behind a car over a race", [["follow", "raceLossFactor"]], step: 0.05, in: 0.1...0.6, places: 2),
    Knob("threshold of a pass over a race", [["follow", "thetaFactor"]], step: 0.05, in: 0.1...0.8, places: 2),
    Knob("stop behind the safety car, %", [["pitLoss", "safetyCarPercent"]], step: 4, in: 40...90),
    Knob(
      "pace behind the safety car, quantile", [["lapKinds", "safetyCarQuantile"]], step: 0.05, in: 0.05...0.5, places: 2
    ),
  ]
}
