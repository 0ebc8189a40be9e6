import FoundationEssentials
import Testing
import Timing

@testable import Racing

/// Where the real races are: `BLAME_TEST_DATA`, else `../shared/data` beside the repository.
enum RealRaces {
  static let directory: String? = {
    let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let candidates = [
      ProcessInfo.processInfo.environment["BLAME_TEST_DATA"], repository + "/../shared/data",
      repository + "/../../shared/data",
    ]
    return candidates.compactMap { $0.map { $0 + "/races" } }.first {
      FileManager.default.fileExists(atPath: $0 + "/races.csv")
    }
  }()

  static let missing: Comment = "no race data: set BLAME_TEST_DATA to the folder that holds races/"

  static func record(_ id: String) throws -> RaceRecord {
    try TidyTables(directory: #require(directory)).race(id).record
  }

  static func model(_ id: String) throws -> RaceModel { try RaceModel(record(id)) }
}
