/// Constants of the model made anew from races, and the JSON text that holds them.
///
/// What races show directly is measured, what they show only through the model is searched for, and both again until neither
/// moves the other: constants made from the same races by this rule stay as they are.
@_spi(Measurement) public struct Calibration: Sendable {
  /// What was measured directly, under the constants found.
  public let measurements: RaceMeasurements
  /// Median raw scores of random and of real plans, hundredths; nil without a race for them.
  public let scores: (random: Int32, real: Int32)?
  /// How badly races were told with the constants it began with, and with those it found; nil without a race for it.
  public let misfit: (before: Misfit, after: Misfit)?
  /// Races used, by season and round, with what they were used for.
  public let races: [(key: RaceKey, slug: String, uses: [Use])]
  /// The constants found, as they are published.
  public let text: String
  /// What differs from the constants it began with.
  public let changes: [Change]

  /// What a race may be used for.
  public enum Use: String, Sendable, CaseIterable {
    case pitLoss, passing, neutralisation, forecasts, scores
  }

  /// One constant, before and after.
  public struct Change: Sendable, Equatable {
    /// The constant's name.
    public let name: String
    /// What it was.
    public let before: String
    /// What was found.
    public let after: String
    /// Cases it rests on: stops, laps or races.
    public let cases: Int
  }

  /// What it is doing.
  public enum Progress: Sendable, Equatable {
    /// So many races were measured in this round.
    case measured(Int)
    /// It looks for the best value of that constant.
    case searching(String)
    /// It drives plans for the scale of the Strategy IQ in so many races.
    case scoring(Int)
  }

  /// Rounds of measuring and searching at most.
  static let rounds = 3

  /// Which races are used for what. Races on which forecasts are judged are never used for what forecasts rest on.
  public static func uses(season: Int) -> [Use] {
    switch season {
    case 2018, 2020: [.neutralisation]
    case 2019, 2021: [.neutralisation]
    case 2022: [.pitLoss, .passing, .neutralisation]
    case 2023, 2024: Use.allCases
    default: []
    }
  }

  /// Makes every constant anew that races can tell.
  ///
  /// - Parameters:
  ///   - records: The races, each at most once.
  ///   - start: The constants to begin with, as they are published.
  ///   - progress: Called before and after every step.
  /// - Throws: `ModelError.malformedConstants` when the constants to begin with are no constants.
  /// - Complexity: some thousand fits and replays; minutes for three seasons.
  public init(
    _ records: [RaceRecord], from start: String = ModelConstants.shippedText,
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws(ModelError) {
    try await self.init(records, from: start, laps: Knob.ofLaps + Knob.ofGaps, races: Knob.ofRaces, progress: progress)
  }

  /// The same, searching only for those constants.
  init(
    _ records: [RaceRecord], from start: String, laps: [Knob], races knobs: [Knob],
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws(ModelError) {
    let original = try ConstantsSheet(start)
    var sheet = original
    let dry = Self.dry(records, try sheet.constants())
    var misfits: [Misfit] = []
    var measurements = RaceMeasurements(records, constants: try sheet.constants()) { progress(.measured($0)) }
    for _ in 0..<Self.rounds {
      measurements.put(into: &sheet)
      guard !dry.isEmpty else { break }
      if misfits.isEmpty { misfits.append(await Misfit(dry, try original.constants())) }
      var search = try await ConstantSearch(dry, from: sheet) { progress(.searching($0)) }
      let hasMoved = try await search.run(laps: laps, races: knobs)
      misfits.append(search.misfit)
      sheet = search.sheet
      guard hasMoved else { break }
      measurements = RaceMeasurements(records, constants: try sheet.constants()) { progress(.measured($0)) }
    }
    scores = Self.scores(dry, try sheet.constants(), progress)
    if let scores { sheet[["scoring", "mapFrom"]] = [Int(scores.random), Int(scores.real)] }
    misfit = misfits.count < 2 ? nil : (misfits[0], misfits[misfits.count - 1])
    self.measurements = measurements
    races = records.compactMap { record in
      let uses = Self.uses(season: Int(record.key.season))
      return uses.isEmpty ? nil : (record.key, record.slug, uses)
    }
    text = try sheet.text()
    changes = Self.changes(original, sheet, measurements, dry: dry.count)
  }

  /// Races by which forecasts are judged: dry, and not stopped.
  private static func dry(_ records: [RaceRecord], _ constants: ModelConstants) -> [RaceRecord] {
    records.filter { record in
      guard uses(season: Int(record.key.season)).contains(.forecasts),
        !record.neutralisations.contains(where: { $0.kind == .redFlag }),
        let model = try? RaceModel(record, constants: constants)
      else { return false }
      return !model.data.isWet
    }
  }

  private static func scores(_ records: [RaceRecord], _ constants: ModelConstants, _ progress: (Progress) -> Void)
    -> (random: Int32, real: Int32)?
  {
    var random: [Int32] = []
    var real: [Int32] = []
    for (index, record) in records.enumerated() {
      if let plans = try? PlanScores(RaceModel(record, constants: constants).artefact()) {
        random += plans.random.map(\.raw)
        real += plans.real.map(\.raw)
      }
      progress(.scoring(index + 1))
    }
    return middle(random).flatMap { random in middle(real).map { (random, $0) } }
  }

  private static func middle(_ values: [Int32]) -> Int32? {
    values.isEmpty ? nil : median(values.map(Double.init)).map { Int32($0.rounded()) }
  }
}
