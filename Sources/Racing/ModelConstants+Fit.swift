extension ModelConstants {
  /// A normal prior.
  package struct Prior: Decodable, Sendable, Equatable {
    /// Its mean.
    @Fraction package var mean: Double
    /// Its standard deviation.
    @Fraction package var deviation: Double
  }

  /// Priors and loss of the lap-time fit. Times in seconds, ages in laps.
  package struct Fit: Decodable, Sendable, Equatable {
    /// Rounds of reweighting.
    package let iterations: Int
    /// The residual scale before the first round.
    @Fraction package var firstScale: Double
    /// The scale is never smaller.
    @Fraction package var minimumScale: Double
    /// From a median absolute residual to a normal's standard deviation.
    @Fraction package var madFactor: Double
    /// Residuals beyond this many scales lose weight.
    @Fraction package var huber: Double
    /// The common level.
    package let common: Prior
    /// Change of pace a lap.
    package let fuel: Prior
    /// Deviation of a lap's step on slicks in a dry race.
    @Fraction package var dryIncrement: Double
    /// Deviation of a lap node on slicks in a dry race.
    @Fraction package var dryRidge: Double
    /// Deviation of a lap's step otherwise.
    @Fraction package var wetIncrement: Double
    /// Deviation of a lap node otherwise.
    @Fraction package var wetRidge: Double
    /// A team's pace.
    package let team: Prior
    /// A driver's pace beside the team's.
    package let driver: Prior
    /// New-tyre pace by compound.
    package let compound: [Prior]
    /// Wear a lap of age, all compounds.
    package let wear: Prior
    /// Wear a lap of age by compound, beside the common one.
    package let compoundWear: [Prior]
    /// Wear on the square of the age beyond `cliffAge`.
    package let cliff: Prior
    /// Where the square begins.
    @Fraction package var cliffAge: Double
    /// A driver's own wear a lap of age.
    package let driverWear: Prior
    /// The age at which a driver's own wear is centred.
    @Fraction package var driverWearAge: Double
    /// Loss right behind, one second behind, two seconds behind a car on the same lap.
    package let traffic: [Prior]
    /// The same behind a car on another lap, or one that stops.
    package let otherTraffic: [Prior]
    /// Loss by letting a car past that laps.
    package let lapped: Prior
    /// Loss by being passed.
    package let passed: Prior
    /// Loss on the second lap of a set and on the first green lap after a neutralisation.
    package let warmUp: Prior
    /// Residuals are held within this for the smear.
    @Fraction package var smearLimit: Double
    /// Laps with a larger gap count as clear air.
    @Fraction package var smearGap: Double
    /// The reference has at least this many clean laps …
    package let referenceLaps: Int
    /// … and this share of the distance.
    @Fraction package var referenceShare: Double
  }

  /// Which laps and races are used.
  package struct Cleaning: Decodable, Sendable, Equatable {
    /// The clock is moved to meet the winner's time by at most this.
    package let anchorLimitMilliseconds: Int64
    /// A larger share of rows on wet-weather tyres makes a race wet.
    @Fraction package var wetShare: Double
    /// A dry lap is clean up to this multiple of the quantile.
    @Fraction package var dryFactor: Double
    /// The quantile of dry laps.
    @Fraction package var dryQuantile: Double
    /// A wet lap is clean up to this multiple of the median of its lap number.
    @Fraction package var wetFactor: Double
    /// Fewer clean laps and the race is refused.
    package let minimumCleanLaps: Int
    /// Shorter races are refused.
    package let minimumLaps: Int
  }
}
