import Foundation

/// The configuration file: a JSON object whose members are known.
enum ConfigFile {
  /// Refuses a file that says something nobody understands.
  /// - Throws: a usage failure that names the key and the known one that is nearest.
  static func check(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure.usage("The configuration file '\(path)' cannot be read. Name a JSON file that exists.")
    }
    let value: Any
    do { value = try JSONSerialization.jsonObject(with: data) } catch {
      throw Failure.usage("The configuration file '\(path)' is not JSON: \(error.localizedDescription)")
    }
    guard let members = value as? [String: Any] else {
      throw Failure.usage("The configuration file '\(path)' is not a JSON object.")
    }
    let known = Setting.allCases.map(\.key)
    for key in keys(members, under: "").sorted() where !known.contains(key) {
      throw Failure.usage(
        "'\(key)' in \(path) is no option; the nearest is '\(nearest(key, among: known))'. 'blame config' lists all.")
    }
  }

  /// Paths of all values that are not objects; of empty objects their own.
  private static func keys(_ members: [String: Any], under prefix: String) -> [String] {
    members.flatMap { name, value -> [String] in
      guard let inner = value as? [String: Any], !inner.isEmpty else { return [prefix + name] }
      return keys(inner, under: "\(prefix)\(name).")
    }
  }

  /// The word that takes the fewest changes of letters.
  static func nearest(_ word: String, among known: [String]) -> String {
    known.min { (distance($0, word), $0) < (distance($1, word), $1) } ?? ""
  }

  /// Letters to insert, delete or replace (Levenshtein). O(n·m).
  static func distance(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first.utf8), Array(second.utf8))
    var row = Array(0...second.count)
    for (i, left) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in second.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
