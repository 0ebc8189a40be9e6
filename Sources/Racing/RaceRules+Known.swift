extension RaceRules {
  /// The rules of one race: the usual ones, and what the constants know of that Grand Prix.
  public static func known(season: Int16, slug: String, constants: ModelConstants = .shipped) -> RaceRules {
    guard let special = constants.rules.first(where: { $0.season == season && $0.slug == slug }) else {
      return RaceRules()
    }
    return RaceRules(minimumStops: special.minimumStops ?? 0, maximumStintLaps: special.maximumStintLaps)
  }
}
