import Racing

/// The compounds of a session. Until 2018 their names were absolute; then the softest in use is the soft, and so on.
struct CompoundNames {
  /// Names that only seasons up to 2018 used, when the name told the rubber and not its place in the race.
  static let absoluteOnly: Set = ["HYPERSOFT", "ULTRASOFT", "SUPERSOFT", "SUPERHARD"]

  private let slicks: [String: Compound]

  /// Compounds with those names, in any order and number.
  init(names: [String]) {
    let used = Set(names)
    let isAbsolute = used.contains { CompoundNames.absoluteOnly.contains($0) }
    let ordered = CompoundNames.softestFirst.filter { used.contains($0) }
    slicks =
      isAbsolute
      ? Dictionary(uniqueKeysWithValues: zip(ordered, [.soft, .medium, .hard]))
      : ["SOFT": .soft, "MEDIUM": .medium, "HARD": .hard]
  }

  /// The compound with that name; nil for an unknown one.
  func compound(_ name: String) -> Compound? {
    switch name {
    case "INTERMEDIATE": .intermediate
    case "WET": .wet
    default: slicks[name]
    }
  }

  private static let softestFirst = [
    "HYPERSOFT", "ULTRASOFT", "SUPERSOFT", "SOFT", "MEDIUM", "HARD", "SUPERHARD",
  ]
}
