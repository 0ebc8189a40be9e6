internal import FoundationEssentials

/// Why a document does not describe rules.
public struct RulesError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was wrong, with what value, and what to do.
  public let description: String
}

extension CrowdRules {
  /// The rules in a JSON document: numbers under the names of the properties; what is left out is as in the rules in force.
  ///
  /// `{"acceptedIQ": 8000, "scoreWeights": {"pitTiming": 25, "tyreEfficiency": 25, "safetyCarReaction": 25, "raceOutcome": 25}}`
  /// - Throws: ``RulesError`` for anything that is unknown, of another type or out of bounds.
  public init(document bytes: [UInt8]) throws(RulesError) {
    self.init()
    let document: [String: Value]
    do { document = try JSONDecoder().decode([String: Value].self, from: Data(bytes)) } catch {
      throw RulesError(description: "the rules are not a JSON object of whole numbers")
    }
    for (name, value) in document.sorted(by: { $0.key < $1.key }) { try set(name, value) }
  }

  /// The names of the numbers in a document.
  public static let documentNames = [
    "acceptedIQ", "clusterUsers", "slotSeconds", "reputationBase", "reputationStep", "reputationRaces", "listedRuns",
    "priorRuns", "priorRating", "priorDeviation",
  ]
  /// The names of the weights in a document's `scoreWeights`.
  public static let weightNames = ["pitTiming", "tyreEfficiency", "safetyCarReaction", "raceOutcome"]

  /// The rules as a document: every number, in a fixed order, so that equal rules have equal text.
  public var document: String {
    let numbers = [
      acceptedIQ, Int64(clusterUsers), slotSeconds, reputationBase, reputationStep, reputationRaces, listedRuns,
      priorRuns, priorRating, priorDeviation,
    ]
    var members = zip(Self.documentNames, numbers).map { "\"\($0.0)\":\($0.1)" }
    if let weights = scoreWeights {
      let parts = zip(Self.weightNames, weights.all).map { "\"\($0.0)\":\($0.1)" }
      members.append("\"scoreWeights\":{\(parts.joined(separator: ","))}")
    }
    return "{\(members.joined(separator: ","))}"
  }

  private enum Value: Decodable {
    case number(Int64)
    case weights([String: Int64])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else {
        self = .weights(try container.decode([String: Int64].self))
      }
    }
  }

  private mutating func set(_ name: String, _ value: Value) throws(RulesError) {
    switch (name, value) {
    case ("scoreWeights", .weights(let weights)): scoreWeights = try Self.weights(weights)
    case ("acceptedIQ", .number(let number)): acceptedIQ = try Self.within(0...10_000, number, name)
    case ("clusterUsers", .number(let number)): clusterUsers = UInt32(try Self.within(2...1_000_000, number, name))
    case ("slotSeconds", .number(let number)): slotSeconds = try Self.within(1...31_536_000, number, name)
    case ("reputationBase", .number(let number)): reputationBase = try Self.within(0...1_000_000, number, name)
    case ("reputationStep", .number(let number)): reputationStep = try Self.within(0...1_000_000, number, name)
    case ("reputationRaces", .number(let number)): reputationRaces = try Self.within(0...1000, number, name)
    case ("listedRuns", .number(let number)): listedRuns = try Self.within(1...1000, number, name)
    case ("priorRuns", .number(let number)): priorRuns = try Self.within(1...1000, number, name)
    case ("priorRating", .number(let number)): priorRating = try Self.within(0...10_000, number, name)
    case ("priorDeviation", .number(let number)): priorDeviation = try Self.within(0...10_000, number, name)
    default: throw RulesError(description: "the rules hold \"\(name)\", which is unknown or of another type")
    }
  }

  private static func within(_ range: ClosedRange<Int64>, _ value: Int64, _ name: String) throws(RulesError) -> Int64 {
    guard range.contains(value) else {
      throw RulesError(description: "\(name) is \(value): give \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private static func weights(_ weights: [String: Int64]) throws(RulesError) -> ScoreWeights {
    let names = weightNames
    let values = names.compactMap { weights[$0] }
    guard values.count == 4, weights.count == 4, values.allSatisfy({ (0...1000).contains($0) }),
      values[0] + values[1] + values[3] > 0
    else {
      throw RulesError(
        description: "scoreWeights must be \(names.joined(separator: ", ")), each 0 to 1000 and not all zero")
    }
    return ScoreWeights(
      pitTiming: values[0], tyreEfficiency: values[1], safetyCarReaction: values[2], raceOutcome: values[3])
  }
}
