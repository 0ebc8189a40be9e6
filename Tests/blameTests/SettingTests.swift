import ArgumentParser
import Foundation
import Server
import Testing

@testable import blame

/// Every option is a flag, an environment variable and a key, and the documentation says so.
struct SettingTests {
  @Test func `names are all different, except for flags of different commands`() {
    #expect(Set(Setting.allCases.map(\.environment)).count == Setting.allCases.count)
    let flags = Setting.allCases.map { "\($0.command ?? "serve") \($0.flag)" }
    #expect(Set(flags).count == flags.count)
  }

  @Test func `the documentation lists every option as it is`() throws {
    let path = URL(filePath: #filePath).appending(path: "../../../docs/operations.md").standardized
    let text = try String(contentsOf: path, encoding: .utf8)
    let expected = Setting.allCases.map { setting in
      let command = setting.command.map { " of `\($0)`" } ?? ""
      let more = setting.isList ? " (several)" : ""
      let fallback = setting.fallback ?? "none"
      return
        "| `\(setting.flag)`\(command)\(more) | `\(setting.environment)` | `\(setting.key)` | \(fallback) | \(setting.about) |"
    }
    #expect(
      text.contains(expected.joined(separator: "\n")),
      "expected in docs/operations.md:\n\(expected.joined(separator: "\n"))")
  }

  @Test func `defaults that are shown are those of the server`() {
    let configuration = ServerConfiguration(databaseURL: "")
    let limits = configuration.limits
    let numbers: [(Setting, Int)] = [
      (.readers, configuration.readerConnections), (.replicates, configuration.replicates),
      (.connections, limits.connections), (.requestsPerSecond, limits.requestsPerSecond),
      (.guestsPerHour, limits.guestsPerHour), (.requestSeconds, Int(limits.requestTime.components.seconds)),
      (.idleSeconds, Int(limits.idleTime.components.seconds)),
      (.stallSeconds, Int(limits.stallTime.components.seconds)),
      (.drainSeconds, Int(configuration.drainTime.components.seconds)),
    ]
    for (setting, number) in numbers { #expect(setting.fallback == "\(number)", "\(setting)") }
    #expect(configuration.address == .host("127.0.0.1", port: 8080))
  }

  @Test func `serve takes every option that is not another command's`() throws {
    for setting in Setting.allCases where setting.command == nil {
      let value = setting.bounds.map { "\($0.lowerBound)" } ?? setting.words?[0] ?? "x"
      let arguments = setting.isFlag ? [setting.flag] : [setting.flag, value]
      #expect(throws: Never.self, "\(setting.flag)") { try ServeOptions.parse(arguments) }
    }
  }

  @Test func `flags win over the file, and both are named as the source`() async throws {
    let path = try file(#"{"readers": 7, "log": {"level": "debug"}, "read": {"only": true}, "witnesses": ["a", "b"]}"#)
    let options = try ServeOptions.parse(["--config", path, "--readers", "9", "--cors-origin", "https://pit.example"])
    let settings = try await options.settings()
    #expect(try settings.number(.readers) == 9)
    #expect(settings.found(.readers)?.source == .flag("--readers"))
    #expect(try settings.word(.logLevel) == "debug")
    #expect(settings.found(.logLevel)?.source == .file(key: "log.level"))
    #expect(try settings.isOn(.readOnly))
    #expect(settings.list(.witnesses) == ["a", "b"])
    #expect(settings.list(.corsOrigins) == ["https://pit.example"])
    #expect(settings.found(.drainSeconds) == nil)
  }

  @Test(arguments: [
    (#"{"prot": 80}"#, "'prot'", "'port'"), (#"{"log": {"levl": "debug"}}"#, "'log.levl'", "'log.level'"),
    (#"{"cors": {"origin": "*"}}"#, "'cors.origin'", "'cors.origins'"), (#"[]"#, "object", ""), (#"{"#, "JSON", ""),
    (#"{"log": {}}"#, "'log'", ""),
  ])
  func `a file that nobody understands is refused, with the nearest known key`(
    _ text: String, _ found: String, _ nearest: String
  ) async throws {
    let path = try file(text)
    let options = try ServeOptions.parse(["--config", path])
    let failure = try await #require(throws: Failure.self) { _ = try await options.settings() }
    #expect(failure.status == 2)
    #expect(
      failure.description.contains(found) && (nearest.isEmpty || failure.description.contains(nearest)), "\(failure)")
  }

  @Test(arguments: [
    (["--port", "70000"], "--port"), (["--readers", "0"], "--readers"), (["--log-level", "loud"], "loud"),
    (["--log-format", "xml"], "xml"),
  ])
  func `values out of bounds are refused`(_ arguments: [String], _ word: String) async throws {
    let settings = try await ServeOptions.parse(arguments).settings()
    let failure = try #require(throws: Failure.self) { try settings.checkAll() }
    #expect(failure.description.contains(word) && failure.status == 2, "\(failure)")
  }

  @Test(arguments: [
    ("postgresql://ada:se%20cret@db.example/blame", "postgresql://ada:…@db.example/blame"),
    (
      "postgres://ada:p@ss@db.example:5432,other/blame?sslpassword=x&host=/run",
      "postgres://ada:…@db.example:5432,other/blame?sslpassword=…&host=/run"
    ),
    ("postgresql://ada:a/b@db/blame", "postgresql://ada:…@db/blame"),
    ("postgresql:///blame?host=/run/pg&password=secret", "postgresql:///blame?host=/run/pg&password=…"),
    ("host=/run dbname=blame password=secret user=ada", "host=/run dbname=blame password=… user=ada"),
    (#"password = 'a \'b c' host=x"#, "password=… host=x"), ("PASSWORD=x host=y", "PASSWORD=… host=y"),
    ("secret", "…"), ("host=x secret", "…"), ("postgresql://db/blame", "postgresql://db/blame"),
  ])
  func `passwords are hidden`(_ text: String, _ shown: String) {
    #expect(ConnectionSecrets.hidden(text) == shown)
  }

  @Test func `what is shown says where it comes from, without secrets`() async throws {
    let path = try file(#"{"database": {"url": "postgresql://ada:secret@db/blame"}}"#)
    let settings = try await ServeOptions.parse(["--config", path, "--port", "9000"]).settings()
    let rows = Setting.allCases.map { EffectiveSetting($0, settings) }
    let text = String(decoding: try JSONEncoder().encode(rows), as: UTF8.self)
    #expect(!text.contains("secret"))
    let port = try #require(rows.first { $0.key == "port" })
    #expect(port.value == "9000" && port.from == "--port")
    #expect(rows.first { $0.key == "host" }?.from == "default")
  }

  private func file(_ text: String) throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try Data(text.utf8).write(to: url)
    return url.path()
  }
}
