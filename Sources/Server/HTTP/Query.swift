import Events

/// The parameters behind the question mark, decoded, read strictly.
struct Query {
  private var items: [(name: String, value: String)] = []

  /// No parameters.
  init() {}

  /// Splits and decodes `text`.
  init(_ text: Substring) throws(Problem) {
    for part in text.split(separator: "&", omittingEmptySubsequences: true) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentCoding.decode(halves[0], plusIsSpace: true),
        let value = PercentCoding.decode(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
      else { throw Problem(.malformedRequest, "The query part \"\(part.prefix(64))\" is not percent-encoded UTF-8.") }
      if self[name] != nil {
        throw Problem(.malformedRequest, "The parameter \(name.prefix(64)) is there twice.", parameter: name)
      }
      items.append((name, value))
    }
  }

  /// The value of a parameter; nil when it is not there.
  subscript(name: String) -> String? {
    for item in items where item.name == name { return item.value }
    return nil
  }

  /// True when there is no parameter at all.
  var isEmpty: Bool { items.isEmpty }

  /// Refuses parameters other than `names`.
  func allow(_ names: [String]) throws(Problem) {
    for item in items where !names.contains(item.name) {
      let known = names.isEmpty ? "none is taken here" : "known are \(names.joined(separator: ", "))"
      throw Problem(
        .unknownParameter, "\"\(item.name.prefix(64))\" is not a parameter here; \(known).", parameter: item.name)
    }
  }

  /// A whole number within bounds; nil when the parameter is not there.
  func integer(_ name: String, in bounds: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = self[name] else { return nil }
    guard let value = Int(text), bounds.contains(value) else {
      throw Problem(
        .invalidValue,
        "\(name) is \"\(text.prefix(32))\"; a whole number from \(bounds.lowerBound) to \(bounds.upperBound) was expected.",
        parameter: name)
    }
    return value
  }

  /// A log position; nil when the parameter is not there.
  func position(_ name: String) throws(Problem) -> Position? {
    try integer(name, in: 0...Int.max).map { Position(rawValue: Int64($0)) }
  }
}
