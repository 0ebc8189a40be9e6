import Events
import Projections
import Racing

/// The race whose windows are meant.
struct WindowPlace {
  let race: RaceKey
  let circuit: String
  let slug: String
  let laps: Int
  let isSynthetic: Bool

  init(_ race: RaceSummary) {
    self.race = race.key
    circuit = race.circuit
    slug = race.slug
    laps = race.lapCount
    isSynthetic = race.isSynthetic
  }

  init(_ race: RaceImported) {
    self.race = race.race
    circuit = race.circuit
    slug = race.slug
    laps = Int(race.laps)
    isSynthetic = race.isSynthetic
  }
}

extension JSONWriter {
  mutating func members(of place: WindowPlace) {
    field("synthetic", place.isSynthetic)
    field("circuit", place.circuit)
    field("season", place.race.season)
    field("round", place.race.round)
    field("gp", place.slug)
    field("laps", place.laps)
  }

  /// What the crowd and the model say was optimal: windows with confidence, tyres, sample sizes.
  mutating func members(of strategy: OptimalStrategy?) {
    guard let strategy else { return null("stops") }
    field("basis", strategy.users == 0 ? "model" : "crowd")
    field("label", strategy.coldStartLabel)
    field("confidence", strategy.confidence)
    field("users", strategy.users)
    field("simulations", strategy.simulations)
    field("accepted", strategy.accepted)
    field("sampleSize", strategy.sampleSize)
    decimal("effectiveUsers", Int64((100 * strategy.effectiveUsers).rounded()), places: 2)
    field("stopCount", strategy.stopCount)
    array("stopShares", strategy.stopShares.enumerated()) { json, share in
      json.object { json in
        json.field("stops", share.offset)
        json.decimal("share", share.element, places: 6)
      }
    }
    array("stops", strategy.stops) { json, stop in json.object { $0.members(of: stop) } }
  }

  private mutating func members(of stop: OptimalStrategy.Stop) {
    field("stop", stop.number)
    laps("window", stop.window.laps)
    field("confidence", stop.window.confidence)
    field("split", stop.window.isSplit)
    if let other = stop.window.otherLaps { laps("otherWindow", other) } else { null("otherWindow") }
    field("users", stop.window.users)
    decimal("effectiveUsers", Int64((100 * stop.window.effectiveUsers).rounded()), places: 2)
    field("compound", stop.recommended?.name)
    field("compoundConfidence", stop.tyreConfidence)
    array("compounds", stop.tyres) { json, tyre in
      json.object { json in
        json.field("compound", tyre.compound.name)
        json.decimal("share", tyre.share, places: 6)
        json.decimal("low", tyre.interval.lowerBound, places: 6)
        json.decimal("high", tyre.interval.upperBound, places: 6)
      }
    }
    field("undercutMilliseconds", stop.undercut)
    array("densityMillionths", stop.density) { $0.value($1) }
    array("priorMillionths", stop.prior) { $0.value($1) }
  }

  private mutating func laps(_ key: StaticString, _ laps: ClosedRange<Int>) {
    object(key) { json in
      json.field("firstLap", laps.lowerBound)
      json.field("lastLap", laps.upperBound)
    }
  }
}
