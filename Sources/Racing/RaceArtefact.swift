import Crypto

/// What a fitted race publishes: whole numbers only, from which simulation, optimum, regrets and scores follow.
///
/// Built once per race content and model version; a replay loads it and never fits again.
public struct RaceArtefact: Sendable, Equatable {
  /// The race.
  public let key: RaceKey
  /// Hash of the constants and of the algorithm that made it.
  public let modelVersion: String
  /// Hash of the race record it was made from.
  public let recordDigest: String
  /// Laps of the race.
  public let lapCount: Int
  /// More than one row in fifty was driven on intermediates or wets.
  public let isWet: Bool
  /// The race was made by the generator.
  public let isSynthetic: Bool
  /// Compounds that somebody used, ascending.
  public let compounds: [Compound]
  /// Per compound of `compounds`: laps beyond which its wear is not extrapolated.
  public let stintCaps: [Int]
  /// The rules that bind strategy.
  public let rules: RaceRules
  /// Everybody's real race, by code ascending.
  public let cars: [Car]
  /// Figures of the field by lap; index 0 is unused.
  public let laps: [FieldLap]
  /// Time lost in the pit lane.
  public let pitLoss: PitLoss
  /// How a car follows and passes.
  public let follow: FollowMap
  /// Pace of everybody with a fitted pace, parallel to `cars`; nil for ghosts without one.
  public let paces: [PaceTable?]
  /// Parameters of the fit and its scale, for display and audit: name and value in microseconds.
  public let parameters: [Parameter]
  /// SHA-256 of the canonical bytes, in lower-case hexadecimal.
  public private(set) var hash: String

  /// An artefact of those parts; its hash follows from them. O(cells of the pace tables).
  package init(
    key: RaceKey, modelVersion: String, recordDigest: String, lapCount: Int, isWet: Bool, isSynthetic: Bool,
    compounds: [Compound], stintCaps: [Int], rules: RaceRules, cars: [Car], laps: [FieldLap], pitLoss: PitLoss,
    follow: FollowMap, paces: [PaceTable?], parameters: [Parameter]
  ) {
    self.init(
      key: key, modelVersion: modelVersion, recordDigest: recordDigest, lapCount: lapCount, isWet: isWet,
      isSynthetic: isSynthetic, compounds: compounds, stintCaps: stintCaps, rules: rules, cars: cars,
      laps:
        laps, pitLoss: pitLoss, follow: follow, paces: paces, parameters: parameters, hash: "")
    hash = Self.hash(ofCanonicalBytes: encoded())
  }

  /// An artefact whose hash is known.
  init(
    key: RaceKey, modelVersion: String, recordDigest: String, lapCount: Int, isWet: Bool, isSynthetic: Bool,
    compounds: [Compound], stintCaps: [Int], rules: RaceRules, cars: [Car], laps: [FieldLap], pitLoss: PitLoss,
    follow: FollowMap, paces: [PaceTable?], parameters: [Parameter], hash: String
  ) {
    self.key = key
    self.modelVersion = modelVersion
    self.recordDigest = recordDigest
    self.lapCount = lapCount
    self.isWet = isWet
    self.isSynthetic = isSynthetic
    self.compounds = compounds
    self.stintCaps = stintCaps
    self.rules = rules
    self.cars = cars
    self.laps = laps
    self.pitLoss = pitLoss
    self.follow = follow
    self.paces = paces
    self.parameters = parameters
    self.hash = hash
  }

  static func hash(ofCanonicalBytes bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }
}
