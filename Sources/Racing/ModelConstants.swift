import Crypto
import FoundationEssentials

/// Every number of the model that somebody chose or calibrated. One JSON text holds them all; its hash names the model.
public struct ModelConstants: Sendable, Equatable {
  /// Raised whenever code changes a published number.
  public let algorithmRevision: Int
  /// Which laps and races are used.
  package let cleaning: Cleaning
  /// Priors and loss of the lap-time fit.
  package let fit: Fit
  /// Laps that are not green.
  package let lapKinds: LapKinds
  /// Stops.
  package let pitLoss: PitLoss
  /// Published tables.
  package let tables: Tables
  /// Following and passing.
  package let follow: Follow
  /// What driving harder or easier does.
  package let modes: Modes
  /// Estimates for a stop made now.
  package let boxNow: BoxNow
  /// How often races are neutralised.
  package let neutralisation: Neutralisation
  /// Thresholds of an autopsy.
  package let autopsy: Autopsy
  /// The Strategy IQ.
  package let scoring: Scoring
  /// Crowd windows.
  package let crowd: Crowd
  /// The leaderboard's rating.
  package let rating: Rating
  /// Circuits by identifier ascending, the unknown one first.
  package let circuits: [Circuit]
  /// Rules of single races.
  package let rules: [KnownRules]
  /// SHA-256 of the JSON text in lower-case hexadecimal: the model version.
  public let version: String

  /// The constants in that JSON text.
  /// - Throws: `ModelError.malformedConstants` with the place of the fault.
  public init(json: String) throws(ModelError) {
    let bytes = Array(json.utf8)
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(bytes))
    } catch {
      throw .malformedConstants(reason: "\(error)")
    }
    self.init(content, version: hexadecimal(SHA256.hash(data: bytes)))
    guard circuits.contains(where: \.id.isEmpty) else {
      throw .malformedConstants(reason: "no circuit with an empty id stands for any other")
    }
    guard lapKinds.wearQuarters.count == LapKind.allCases.count, fit.compound.count == Compound.allCases.count,
      fit.compoundWear.count == Compound.allCases.count, fit.traffic.count == 3, fit.otherTraffic.count == 3,
      follow.knotDeltas.count == follow.oneLapGaps.count,
      scoring.mapFrom.count == 2, scoring.mapTo.count == 2
    else { throw .malformedConstants(reason: "a list by lap kind or compound has the wrong length") }
  }

  /// The constants this build ships. Parsed once.
  public static let shipped: ModelConstants = {
    do {
      return try ModelConstants(json: shippedText)
    } catch {
      preconditionFailure("the shipped constants are broken: \(error)")
    }
  }()

  /// The circuit with that identifier, or the figures of an unknown one.
  package func circuit(_ id: String) -> Circuit {
    circuits.first { $0.id == id } ?? circuits[0]
  }
}

extension ModelConstants {
  /// The JSON's shape.
  struct Content: Decodable {
    let algorithmRevision: Int
    let cleaning: Cleaning
    let fit: Fit
    let lapKinds: LapKinds
    let pitLoss: PitLoss
    let tables: Tables
    let follow: Follow
    let modes: Modes
    let boxNow: BoxNow
    let neutralisation: Neutralisation
    let autopsy: Autopsy
    let scoring: Scoring
    let crowd: Crowd
    let rating: Rating
    let circuits: [Circuit]
    let rules: [KnownRules]
  }

  private init(_ content: Content, version: String) {
    algorithmRevision = content.algorithmRevision
    cleaning = content.cleaning
    fit = content.fit
    lapKinds = content.lapKinds
    pitLoss = content.pitLoss
    tables = content.tables
    follow = content.follow
    modes = content.modes
    boxNow = content.boxNow
    neutralisation = content.neutralisation
    autopsy = content.autopsy
    scoring = content.scoring
    crowd = content.crowd
    rating = content.rating
    circuits = content.circuits.sorted { $0.id < $1.id }
    rules = content.rules
    self.version = version
  }
}
