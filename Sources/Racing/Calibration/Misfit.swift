/// How badly races are told: laps that were held out, and whole races by their real plans.
@_spi(Measurement) public struct Misfit: Sendable, Equatable, CustomStringConvertible {
  /// Mean absolute error of laps of held-out stints, seconds.
  public let laps: Double
  /// Mean absolute error of the race time of real plans, seconds.
  public let races: Double
  /// Nine of ten race times are told within this, seconds.
  public let tail: Double
  /// Mean of the same with its sign: how much too slow races are told, seconds.
  public let bias: Double
  /// Laps and cars that were measured.
  let cases: Cases

  /// How much was measured.
  struct Cases: Sendable, Equatable {
    var laps = 0
    var cars = 0
  }

  /// What is asked of a lap, of a race, of nine races of ten and of the bias.
  private static let aims = (laps: 0.37, races: 5.0, tail: 10.5, bias: 0.5)

  /// The number that a search makes small: errors of laps and of races of the size aimed at weigh one each, a bias of that size
  /// as much as a twentieth of it. The square leaves small biases alone, which are within what other races would show.
  var weight: Double {
    let share = bias / Self.aims.bias
    let whole = (races / Self.aims.races + tail / Self.aims.tail) / 2
    return laps / Self.aims.laps + whole + 0.05 * share * share
  }

  /// The figures in words.
  public var description: String {
    func spelled(_ seconds: Double) -> String { decimal(seconds, places: 3) }
    return
      "laps \(spelled(laps)) s, races \(spelled(races)) s, 90 % \(spelled(tail)) s, bias \(spelled(bias)) s, weight \(spelled(weight))"
  }

  /// Measures races under constants, on every processor; a race without a model under them is left out, which `cases` shows.
  ///
  /// - Complexity: five fits and ten replays a race.
  init(_ records: [RaceRecord], _ constants: ModelConstants) async {
    let found = await Self.each(records) { Sample(of: $0, constants, withLaps: true) }
    let count = found.reduce(0) { $0 + $1.laps.count }
    let sum = found.reduce(0) { $0 + $1.laps.sum }
    self.init(laps: count == 0 ? 0 : sum / Double(count), lapCount: count, found.flatMap(\.races))
  }

  private init(laps: Double, lapCount: Int, _ errors: [Double]) {
    self.laps = laps
    let count = Double(max(1, errors.count))
    races = errors.reduce(0) { $0 + abs($1) } / count
    tail = quantile(0.9, errors.map { abs($0) }) ?? 0
    bias = errors.reduce(0, +) / count
    cases = Cases(laps: lapCount, cars: errors.count)
  }

  /// The same with only whole races measured anew.
  func withRaces(_ records: [RaceRecord], _ constants: ModelConstants) async -> Misfit {
    let found = await Self.each(records) { Sample(of: $0, constants, withLaps: false) }
    return Misfit(laps: laps, lapCount: cases.laps, found.flatMap(\.races))
  }

  /// What one race showed: the sum of the errors of its laps, and the errors of its cars, seconds.
  private struct Sample: Sendable {
    var laps = (sum: 0.0, count: 0)
    var races: [Double] = []

    init(of record: RaceRecord, _ constants: ModelConstants, withLaps: Bool) {
      if withLaps, let errors = try? HeldOutLaps.stintErrors(record, constants: constants) {
        laps = (errors.reduce(0) { $0 + abs($1) }, errors.count)
      }
      guard let check = try? ReplayCheck(RaceModel(record, constants: constants).artefact()) else { return }
      races = check.cars.map { Double($0.error) / 1000 }
    }
  }

  /// In the order of the races, whichever was done first: sums of fractions depend on it.
  private static func each(_ records: [RaceRecord], _ measure: @escaping @Sendable (RaceRecord) -> Sample) async
    -> [Sample]
  {
    await withTaskGroup(of: (Int, Sample).self) { group in
      for (index, record) in records.enumerated() { group.addTask { (index, measure(record)) } }
      var found = [Sample?](repeating: nil, count: records.count)
      for await (index, sample) in group { found[index] = sample }
      return found.compactMap { $0 }
    }
  }
}
