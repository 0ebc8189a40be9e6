import Foundation
import Testing

/// Where the recorded bodies are: `BLAME_TEST_DATA`, else `../shared/data` beside the repository.
enum TestData {
  static let root = locate()

  static let missing: Comment = "no race data: set BLAME_TEST_DATA to the folder that holds timing/ and native/"
  static var isPresent: Bool { root != nil }
  static var folder: String { root ?? "" }

  private static func locate() -> String? {
    let environment = ProcessInfo.processInfo.environment["BLAME_TEST_DATA"]
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return [environment, "/\(repository)/../shared/data"].compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0 + "/timing/2018_Azerbaijan_Race/raw/TimingData.jsonStream")
    }
  }
}
