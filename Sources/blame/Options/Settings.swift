import Configuration
import Foundation
import SystemPackage

/// Values of options that were not given as flags: the environment first, then the configuration file.
///
/// `--schema` is `BLAME_SCHEMA` in the environment and `"schema"` in the file; `DATABASE_URL` is `"database.url"`.
struct Settings {
  private let environment: ConfigReader
  private let plainEnvironment: ConfigReader
  private let file: ConfigReader?

  /// Reads the file if one is named (`--config` or `BLAME_CONFIG`).
  init(configPath: String?) async throws {
    let provider = EnvironmentVariablesProvider()
    plainEnvironment = ConfigReader(provider: provider)
    environment = plainEnvironment.scoped(to: "blame")
    guard let path = configPath ?? environment.string(forKey: "config") else {
      file = nil
      return
    }
    do {
      file = ConfigReader(provider: try await FileProvider<JSONSnapshot>(filePath: FilePath(path)))
    } catch {
      throw Failure.usage("The configuration file '\(path)' cannot be read: \(error). Name a JSON file that exists.")
    }
  }

  /// The text value of a key, if the environment or the file has it.
  func string(_ name: String) -> String? {
    let key = ConfigKey(name)
    return value(key)
  }

  private func value(_ key: ConfigKey) -> String? {
    environment.string(forKey: key) ?? plainEnvironment.string(forKey: key) ?? file?.string(forKey: key)
  }

  /// Whether a key is true in the environment or, where that has none, in the file.
  func flag(_ name: String) -> Bool {
    let key = ConfigKey(name)
    return environment.bool(forKey: key) ?? file?.bool(forKey: key) ?? false
  }

  /// The whole number of a key, if the environment or the file has it.
  func int(_ name: String) -> Int? {
    let key = ConfigKey(name)
    return environment.int(forKey: key) ?? file?.int(forKey: key)
  }
}
