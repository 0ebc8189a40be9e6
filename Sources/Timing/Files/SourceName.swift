/// What the name of a file or directory tells of its content.
struct SourceName: Sendable {
  /// The last part of the path, without `.csv` and `.gz`.
  let text: String

  init(path: String) {
    let last = path.split(separator: "/").last ?? ""
    var name = last[...]
    for ending in [".gz", ".csv"] where name.hasSuffix(ending) { name = name.dropLast(ending.count) }
    text = String(name)
  }

  /// The race in a name like `2023-06-monaco`.
  var race: RaceIdentifier? { RaceIdentifier(text) }

  /// The season at the end of a name like `laps_2018`.
  var season: Int? {
    let digits = text.reversed().prefix { $0.isNumber }
    guard digits.count == 4, let year = Int(String(digits.reversed())), (1950...2200).contains(year) else { return nil }
    return year
  }
}
