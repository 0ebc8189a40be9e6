extension ModelConstants {
  /// Laps that are not green.
  package struct LapKinds: Decodable, Sendable, Equatable {
    /// Quarter laps of wear by lap kind.
    package let wearQuarters: [Int]
    /// Largest multiplier of a yellow lap.
    @Fraction package var yellowLimit: Double
    /// Multiplier under the virtual safety car when too few cars show it.
    @Fraction package var virtualSafetyCarDefault: Double
    /// Multiplier of the median pace behind the safety car when too few cars show it.
    @Fraction package var safetyCarDefault: Double
    /// The quantile of lap times that is the pace behind the safety car.
    @Fraction package var safetyCarQuantile: Double
    /// Fewer cars are too few.
    package let minimumCars: Int
  }

  /// Stops.
  package struct PitLoss: Decodable, Sendable, Equatable {
    /// Share of the loss behind the safety car.
    package let safetyCarPercent: Int64
    /// Share of the loss under the virtual safety car.
    package let virtualSafetyCarPercent: Int64
    /// Longer lane times are repairs or red flags.
    package let laneLimitMilliseconds: Int64
    /// Fewer stops and the race has no crew figures of its own.
    package let minimumStops: Int
    /// The quantile of lane times that is the best crew.
    @Fraction package var bestQuantile: Double
    /// Median less best crew when the race does not show it.
    package let defaultSpreadMilliseconds: Int64
  }

  /// Published tables.
  package struct Tables: Decodable, Sendable, Equatable {
    /// Added to a lap outside the window of its class.
    package let windowPenaltyMilliseconds: Int64
    /// Laps added to both ends of a class window.
    package let windowMargin: Int
    /// The quantile of stint ends that caps a stint.
    @Fraction package var capQuantile: Double
    /// Laps added to it.
    package let capMargin: Int
    /// The smallest cap in laps.
    package let minimumCap: Int
    /// Tables run this many laps beyond the largest cap.
    package let spareLaps: Int
  }

  /// Following and passing.
  package struct Follow: Decodable, Sendable, Equatable {
    /// Cars slower than this percentage of the median lap do not block behind a safety car.
    package let obstaclePercent: Int64
    /// Gap behind another car when nobody may pass.
    package let neutralisedGapMilliseconds: Int64
    /// A pass costs this …
    package let passCostMilliseconds: Int64
    /// … and ends at least this far ahead.
    package let passMarginMilliseconds: Int64
    /// Cars further apart do not meet.
    package let rangeMilliseconds: Int64
    /// Threshold of a pass over a whole race, as a share of the one-lap advantage.
    @Fraction package var thetaFactor: Double
    /// After a safety car or a stoppage that threshold is so many times as high …
    package let restartTheta: Int64
    /// … for so many laps.
    package let restartLaps: Int
    /// Advantage at the knots of the follow map.
    package let knotDeltas: [Int64]
    /// Gap at the knots, for one lap.
    package let oneLapGaps: [Int64]
    /// Over a whole race a car comes as near as this.
    package let raceFloorMilliseconds: Int64
    /// The share of what a lap behind another car costs that counts over a whole race.
    @Fraction package var raceLossFactor: Double

    /// Gap at the knots, for a race: what the car ahead costs beyond the advantage counts only in part, and the gap never falls.
    package var raceGaps: [Int64] {
      var gaps: [Int64] = []
      for (advantage, gap) in zip(knotDeltas, oneLapGaps) {
        let lost = (raceLossFactor * Double(gap - advantage)).rounded(.toNearestOrAwayFromZero)
        let own = advantage > 0 ? advantage + Int64(lost) : raceFloorMilliseconds
        gaps.append(max(own, raceFloorMilliseconds, gaps.last ?? own))
      }
      return gaps
    }
  }

  /// What driving harder or easier does.
  package struct Modes: Decodable, Sendable, Equatable {
    /// Lap time of pushing.
    package let pushMilliseconds: Int64
    /// Wear of pushing in quarter laps.
    package let pushQuarters: Int
    /// Lap time of saving.
    package let saveMilliseconds: Int64
    /// Wear of saving in quarter laps.
    package let saveQuarters: Int
  }

  /// Estimates for a stop made now.
  package struct BoxNow: Decodable, Sendable, Equatable {
    /// Gained by fresh tyres and a pushed in-lap.
    package let freshMilliseconds: Int64
    /// Standard error of the estimate.
    package let errorMilliseconds: Int64
  }

  /// What a circuit costs and allows. An empty identifier stands for any other circuit.
  package struct Circuit: Decodable, Sendable, Equatable {
    /// Identifier, such as `monza`.
    package let id: String
    /// Lost on the in-lap of a stop.
    package let inMilliseconds: Int64
    /// Lost on the out-lap of a stop.
    package let outMilliseconds: Int64
    /// Median of the whole loss.
    package let lossMilliseconds: Int64
    /// Stops it was measured on.
    package let stops: Int
    /// Standard error of the loss; nil when not measured.
    package let errorMilliseconds: Int64?
    /// Advantage of clean pace at which half of the cars pass within the lap.
    package let passAdvantageMilliseconds: Int64
    /// Chance of a safety car.
    package let safetyCarMillionths: Int64
  }

  /// Rules that bound one race beside the usual ones.
  package struct KnownRules: Decodable, Sendable, Equatable {
    /// The season.
    package let season: Int16
    /// The Grand Prix in a URL.
    package let slug: String
    /// Stops a car had to make.
    package let minimumStops: Int?
    /// Laps that might be driven on one set.
    package let maximumStintLaps: Int?
  }
}
