import Configuration
import SystemPackage

/// Values of options, and where each comes from: flags first, then the environment, then the configuration file.
///
/// `--log-level` is `BLAME_LOG_LEVEL` in the environment and `{"log": {"level": …}}` in the file.
struct Settings {
  /// Where a value comes from.
  enum Source: Equatable {
    case flag(String)
    case environment(String)
    case file(key: String)
    case fallback
  }

  /// A value as it was given.
  struct Found {
    let text: String
    let source: Source
  }

  private let given: [Setting: String]
  private let environment: ConfigReader
  private let plainEnvironment: ConfigReader
  private let file: ConfigReader?
  /// The file that was read; nil when none was named.
  let path: String?

  /// Reads the file if one is named (`--config` or `BLAME_CONFIG`).
  /// - Parameter given: what was given as flags.
  init(configPath: String?, given: [Setting: String] = [:]) async throws {
    self.given = given
    let provider = EnvironmentVariablesProvider()
    plainEnvironment = ConfigReader(provider: provider)
    environment = plainEnvironment.scoped(to: "blame")
    path = configPath ?? environment.string(forKey: "config")
    guard let path else {
      file = nil
      return
    }
    try ConfigFile.check(path)
    do {
      file = ConfigReader(provider: try await FileProvider<JSONSnapshot>(filePath: FilePath(path)))
    } catch {
      throw Failure.usage("The configuration file '\(path)' cannot be read: \(error). Name a JSON file that exists.")
    }
  }

  /// The value of a setting, if it was given anywhere.
  func found(_ setting: Setting) -> Found? {
    if let text = given[setting] { return Found(text: text, source: .flag(setting.flag)) }
    let key = ConfigKey(setting.key)
    // One variable has the name that everybody knows it by, beside ours.
    let plain = setting == .databaseURL ? plainEnvironment.string(forKey: key) : nil
    if let text = environment.string(forKey: key) ?? plain {
      return Found(text: text, source: .environment(setting.environment))
    }
    return file.flatMap { Self.text(key, in: $0) }.map { Found(text: $0, source: .file(key: setting.key)) }
  }

  /// The text of a value of any type.
  private static func text(_ key: ConfigKey, in file: ConfigReader) -> String? {
    if let text = file.string(forKey: key) { return text }
    if let number = file.int(forKey: key) { return String(number) }
    if let flag = file.bool(forKey: key) { return String(flag) }
    return file.stringArray(forKey: key)?.joined(separator: ",")
  }

  /// The text of a setting; nil when it was not given.
  func string(_ setting: Setting) -> String? { found(setting)?.text }

  /// A whole number within the setting's bounds; nil when it was not given.
  func number(_ setting: Setting) throws -> Int? {
    guard let found = found(setting) else { return nil }
    let bounds = setting.bounds ?? Int.min...Int.max
    guard let number = Int(found.text), bounds.contains(number) else {
      throw Failure.usage(
        "\(found.source.name(setting)) is \(found.text): give a number from \(bounds.lowerBound) to \(bounds.upperBound)."
      )
    }
    return number
  }

  /// Seconds within the setting's bounds; nil when they were not given.
  func seconds(_ setting: Setting) throws -> Duration? { try number(setting).map { .seconds($0) } }

  /// Whether something was switched on.
  func isOn(_ setting: Setting) throws -> Bool {
    guard let found = found(setting) else { return false }
    switch found.text.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0", "": return false
    default: throw Failure.usage("\(found.source.name(setting)) is '\(found.text)': give true or false.")
    }
  }

  /// One of the setting's words; nil when it was not given.
  func word(_ setting: Setting) throws -> String? {
    guard let found = found(setting), let words = setting.words else { return nil }
    guard words.contains(found.text.lowercased()) else {
      throw Failure.usage("\(found.source.name(setting)) is '\(found.text)': use \(words.joined(separator: ", ")).")
    }
    return found.text.lowercased()
  }

  /// Several values.
  func list(_ setting: Setting) -> [String] {
    (string(setting) ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
  }

  /// Reads every setting as its kind, so that what cannot be used is found.
  /// - Throws: a usage failure that names the first one.
  func checkAll() throws {
    for setting in Setting.allCases {
      if setting.bounds != nil { _ = try number(setting) }
      if setting.words != nil { _ = try word(setting) }
      if setting.isFlag { _ = try isOn(setting) }
    }
  }
}

extension Settings.Source {
  /// How the place is called where a value was given.
  func name(_ setting: Setting) -> String {
    switch self {
    case .flag(let flag): flag
    case .environment(let variable): variable
    case .file(let key): "\"\(key)\" in the configuration file"
    case .fallback: "the default of \(setting.flag)"
    }
  }
}
