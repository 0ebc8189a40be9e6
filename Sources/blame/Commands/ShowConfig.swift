import ArgumentParser
import Foundation

/// `blame config`
struct ShowConfig: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show every option, its value and where the value comes from.",
    discussion: """
      Takes the options of 'blame serve'. Flags win, then the environment, then the file. Passwords are hidden. What 'serve' \
      would refuse is refused here.
      """)

  @OptionGroup var serve: ServeOptions

  @Flag(name: .long, help: "Print one JSON document for programs instead of text for people.")
  var json = false

  func run() async throws {
    let settings = try await serve.settings()
    try settings.checkAll()
    let rows = Setting.allCases.map { EffectiveSetting($0, settings) }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Terminal.print(String(decoding: try encoder.encode(rows), as: UTF8.self))
    }
    var table = TextTable([("OPTION", .left), ("VALUE", .left), ("FROM", .left)])
    for row in rows { table.add([row.key, row.value ?? "none", row.from]) }
    for line in table.lines { Terminal.print(line) }
  }
}

/// A setting with its value as it may be shown.
struct EffectiveSetting: Encodable {
  let key: String
  let value: String?
  /// `default`, the flag, the variable, or the file.
  let from: String
  let flag: String
  let environment: String

  init(_ setting: Setting, _ settings: Settings) {
    key = setting.key
    flag = setting.flag
    environment = setting.environment
    guard let found = settings.found(setting) else {
      value = setting.fallback
      from = "default"
      return
    }
    value = setting.isSecret ? ConnectionSecrets.hidden(found.text) : found.text
    from =
      switch found.source {
      case .flag(let flag): flag
      case .environment(let variable): variable
      case .file: settings.path ?? "file"
      case .fallback: "default"
      }
  }
}
