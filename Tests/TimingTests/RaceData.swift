import FoundationEssentials
import Testing

@testable import Timing

/// Where the real races are: `BLAME_TEST_DATA`, else `../shared/data` beside the repository.
enum RaceData {
  static let root = locate()

  /// The reason shown where tests are skipped.
  static let missing: Comment = "no race data: set BLAME_TEST_DATA to the folder that holds races/ and native/"

  static var isPresent: Bool { root != nil }
  static var measures: Bool { ProcessInfo.processInfo.environment["BLAME_MEASURE"] == "1" }
  static var races: String { (root ?? "") + "/races" }
  static var native: String { (root ?? "") + "/native" }
  /// Sessions of live timing, with a slash behind.
  static var sessions: String { (root ?? "") + "/timing/" }

  /// The names in a folder, sorted.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func locate() -> String? {
    let environment = ProcessInfo.processInfo.environment["BLAME_TEST_DATA"]
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let candidates = [environment, "/\(repository)/../shared/data", "/\(repository)/../../shared/data"]
    return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0 + "/races/races.csv") }
  }
}
