/// Sets constants, one after the other, where races are told best; goes round until none moves.
///
/// Deterministic: the order of the knobs and of their steps is fixed, and a step is kept only when it helps by more than
/// `tolerance`. So a search that begins where another ended stays there.
struct ConstantSearch {
  /// A step that helps less than this is chance.
  static let tolerance = 0.004
  /// Rounds at most.
  static let rounds = 3

  private let records: [RaceRecord]
  private let progress: (String) -> Void
  /// Where it stands.
  private(set) var sheet: ConstantsSheet
  /// How races are told there.
  private(set) var misfit: Misfit

  init(_ records: [RaceRecord], from sheet: ConstantsSheet, progress: @escaping (String) -> Void)
    async throws(ModelError)
  {
    self.records = records
    self.sheet = sheet
    self.progress = progress
    misfit = await Misfit(records, try sheet.constants())
  }

  /// Goes round. Answers whether anything moved.
  ///
  /// - Complexity: two measurements a knob and round, and one more for every step kept.
  mutating func run(laps: [Knob], races: [Knob]) async throws(ModelError) -> Bool {
    var hasMoved = false
    for _ in 0..<Self.rounds {
      var moves = false
      for knob in laps where try await climb(knob, movesLaps: true) { moves = true }
      for knob in races where try await climb(knob, movesLaps: false) { moves = true }
      guard moves else { break }
      hasMoved = true
    }
    return hasMoved
  }

  /// Walks one knob up or down for as long as it helps.
  private mutating func climb(_ knob: Knob, movesLaps: Bool) async throws(ModelError) -> Bool {
    guard let start = knob.value(in: sheet) else { return false }
    progress(knob.name)
    for direction in [1.0, -1.0] {
      var value = start
      while try await tries(knob, value + direction * knob.step, movesLaps: movesLaps) {
        value += direction * knob.step
      }
      if value != start { return true }
    }
    return false
  }

  private mutating func tries(_ knob: Knob, _ value: Double, movesLaps: Bool) async throws(ModelError) -> Bool {
    guard knob.range.contains(value) else { return false }
    var next = sheet
    knob.set(value, in: &next)
    let constants = try next.constants()
    let found = movesLaps ? await Misfit(records, constants) : await misfit.withRaces(records, constants)
    // A map that cannot be driven leaves races out, and what is left out is told without an error.
    guard found.cases == misfit.cases, found.weight < misfit.weight - Self.tolerance else { return false }
    (sheet, misfit) = (next, found)
    return true
  }
}
