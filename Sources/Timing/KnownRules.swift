public import Racing

extension RaceRules {
  /// The rules of that Grand Prix where they differed from the usual ones, else the usual ones.
  ///
  /// Monaco 2025: two stops. Qatar 2023 and 2025: 18 and 25 laps at most on one set.
  public static func known(season: Int, slug: String) -> RaceRules {
    switch (season, slug) {
    case (2025, "monaco"): RaceRules(minimumStops: 2)
    case (2023, "qatar"): RaceRules(maximumStintLaps: 18)
    case (2025, "qatar"): RaceRules(maximumStintLaps: 25)
    default: RaceRules()
    }
  }
}
