/// Makes up races: fictional drivers on an invented circuit, with wear, stops, traffic, a safety car and a retirement
/// or two, so that the product can be tried and tested without anybody's data.
public enum SyntheticRace {
  /// The made-up race of that seed. Equal arguments give equal records on every platform.
  ///
  /// - Parameters:
  ///   - seed: Chooses everything that is left to chance.
  ///   - key: Its place in the calendar.
  ///   - slug: Its name in a URL.
  ///   - name: Its name in words.
  ///   - circuit: Identifier of the circuit; one the constants know lends its pit loss to the model.
  ///   - laps: Race distance, at least 20.
  ///   - rainFrom: The lap on which it begins to rain; nil for a dry race.
  /// - Complexity: O(laps · cars²).
  public static func generate(
    seed: UInt64, key: RaceKey = RaceKey(season: 2000, round: 1), slug: String = "sample",
    name: String = "Sample Grand Prix", circuit: String = "sample-ring", laps: Int = 57, rainFrom: Int? = nil
  ) -> RaceRecord {
    precondition(laps >= 20, "a race of \(laps) laps is too short to be made up; ask for 20 or more")
    var random = SplitMix(seed: seed)
    let truth = SyntheticTruth(laps: laps, rainFrom: rainFrom, random: &random)
    var drive = SyntheticDrive(truth: truth, random: random)
    drive.run()
    return RaceRecord(
      key: key, slug: slug, name: name, circuit: circuit, lapCount: laps, scheduledLapCount: laps, isSynthetic: true,
      neutralisations: drive.neutralisations, entrants: drive.entrants,
      provenance: [Provenance(part: "race", source: "generator", location: "seed \(seed)", digest: "")])
  }
}

/// The hidden truth of a made-up race: what a perfect fit would find. In seconds.
struct SyntheticTruth: Sendable {
  static let drivers: [(code: String, name: String)] = [
    ("ADL", "Ada Lindqvist"), ("BOK", "Bram Okafor"), ("CLM", "Cleo Marchetti"), ("DVO", "Dario Voss"),
    ("ESM", "Esme Tanaka"), ("FAL", "Finn Aldridge"), ("GRA", "Gita Raman"), ("HBE", "Hugo Belanger"),
    ("IDU", "Ines Duarte"), ("JOW", "Joss Winter"), ("KNY", "Kaia Nyberg"), ("LSA", "Leo Santoro"),
    ("MKO", "Mira Kovac"), ("NFE", "Nils Ferrant"), ("ORB", "Orla Byrne"), ("PDU", "Pavel Dusek"),
    ("QHA", "Quin Harlow"), ("RIB", "Rosa Ibarra"), ("SLA", "Sami Laine"), ("TRE", "Tove Renard"),
  ]
  static let teams: [(name: String, colour: String)] = [
    ("Aurora", "E4572E"), ("Bellwether", "17BEBB"), ("Cobalt", "2E4FE4"), ("Dunmore", "76B041"),
    ("Ember", "FFC914"), ("Foxglove", "B5179E"), ("Halcyon", "4CC9F0"), ("Ironbridge", "6C757D"),
    ("Juniper", "2D6A4F"), ("Kestrel", "9C6644"),
  ]

  let laps: Int
  let rainFrom: Int?
  /// Lap time of an average car at half distance on new mediums.
  let base = 88.0
  /// Change of pace a lap from fuel burnt and rubber laid.
  let fuel = -0.045
  /// Common to all cars, by lap.
  var evolution: [Double]
  /// By team.
  var teamPace: [Double]
  /// By driver, beside the team's.
  var driverPace: [Double]
  /// By driver: extra wear a lap.
  var driverWear: [Double]
  /// By compound: new-tyre pace.
  let compoundPace = [-0.45, 0, 0.40, 5.0, 9.0]
  /// By compound: wear a lap of age.
  let wear = [0.090, 0.062, 0.040, 0.050, 0.050]
  /// By compound: cliff, on the square of the age above 15.
  let cliff = [0.0012, 0.0006, 0.0002, 0, 0]
  /// Standard deviation of a lap.
  let noise = 0.18

  init(laps: Int, rainFrom: Int?, random: inout SplitMix) {
    self.laps = laps
    self.rainFrom = rainFrom
    var level = 0.0
    evolution = [0]
    for _ in 1...laps {
      level = 0.9 * level + 0.08 * random.normal()
      evolution.append(level)
    }
    var order = Array(Self.teams.indices)
    for last in order.indices.reversed() { order.swapAt(last, random.integer(in: 0...last)) }
    teamPace = order.map { -0.8 + 0.17 * Double($0) + 0.06 * random.normal() }
    driverPace = Self.drivers.map { _ in 0.10 * random.normal() }
    driverWear = Self.drivers.map { _ in 0.003 * random.normal() }
  }

  /// How wet the track is on a lap, 0 to 1.
  func wetness(lap: Int) -> Double {
    guard let rainFrom else { return 0 }
    return clamp(Double(lap - rainFrom) / 5, 0, 1)
  }

  /// The driver's lap in clean air without noise.
  func lapTime(driver: Int, lap: Int, compound: Compound, age: Double) -> Double {
    let index = Int(compound.rawValue)
    let old = max(0, age - 15)
    let wet = (compound.tyreClass == .slick ? 14.0 : 2.0) * wetness(lap: lap)
    return base + fuel * (Double(lap) - Double(laps) / 2) + evolution[lap] + teamPace[driver / 2] + driverPace[driver]
      + compoundPace[index] + wear[index] * age + cliff[index] * old * old + driverWear[driver] * (age - 12) + wet
  }
}
