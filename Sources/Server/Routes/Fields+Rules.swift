import Projections

extension Fields {
  /// The rules that an object of whole numbers describes; nil when the member is absent or null.
  func rulesDocument(_ name: String) throws(Problem) -> CrowdRules? {
    guard let fields = try object(name, names: CrowdRules.documentNames + ["scoreWeights"]) else { return nil }
    var members = try fields.numbers(CrowdRules.documentNames)
    if let weights = try fields.object("scoreWeights", names: CrowdRules.weightNames) {
      members.append("\"scoreWeights\":{\(try weights.numbers(CrowdRules.weightNames).joined(separator: ","))}")
    }
    do throws(RulesError) {
      return try CrowdRules(document: Array("{\(members.joined(separator: ","))}".utf8))
    } catch {
      throw Problem(.invalidValue, Problem.sentence(error.description), pointer: place(name))
    }
  }

  private func numbers(_ names: [String]) throws(Problem) -> [String] {
    var members: [String] = []
    for name in names {
      guard let number = try integer(name, in: Int.min...Int.max) else { continue }
      members.append("\"\(name)\":\(number)")
    }
    return members
  }
}
