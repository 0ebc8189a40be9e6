import ArgumentParser
import Foundation
import Logging
import Server

/// Where the log is and how it is reached. Every option is a flag, an environment variable and a configuration key.
struct EngineOptions: ParsableArguments {
  @Option(name: .long, help: "PostgreSQL connection string. Also DATABASE_URL, or \"database\": {\"url\"} in the file.")
  var databaseUrl: String?

  @Option(
    name: .long, help: "PostgreSQL itself, where --database-url leads to a pooler. Also BLAME_DIRECT_DATABASE_URL.")
  var directDatabaseUrl: String?

  @Flag(name: .long, help: "--database-url leads to a transaction pooler such as PgBouncer. Also BLAME_POOLED=true.")
  var pooled = false

  @Option(name: .long, help: "JSON file with options. Also BLAME_CONFIG.")
  var config: String?

  @Option(name: .long, help: "trace, debug, info, notice, warning, error or critical. Also BLAME_LOG_LEVEL.")
  var logLevel: String?

  @Option(name: .long, help: "text for people or json lines for programs. Also BLAME_LOG_FORMAT. Default text.")
  var logFormat: String?

  /// What was given, here and elsewhere.
  /// - Parameter flags: what other flags say.
  func settings(_ flags: [Setting: String] = [:]) async throws -> Settings {
    var given = flags
    given[.databaseURL] = databaseUrl
    given[.directDatabaseURL] = directDatabaseUrl
    given[.pooled] = pooled ? "true" : nil
    given[.logLevel] = logLevel
    given[.logFormat] = logFormat
    return try await Settings(configPath: config, given: given)
  }

  /// How the engine is put together.
  func configuration(_ settings: Settings) throws -> ServerConfiguration {
    guard let url = settings.string(.databaseURL) else {
      throw Failure.usage(
        "No database is named: give --database-url, or set DATABASE_URL, such as \"host=/run/postgresql dbname=blame\"."
      )
    }
    var configuration = ServerConfiguration(databaseURL: url)
    configuration.directDatabaseURL = settings.string(.directDatabaseURL)
    configuration.isPooled = try settings.isOn(.pooled)
    return configuration
  }

  /// Messages go to standard error, from `--log-level` up; the default shows what needs attention.
  func logger(_ settings: Settings, default level: Logger.Level = .warning) throws -> Logger {
    let chosen = try settings.word(.logLevel).flatMap { Logger.Level(rawValue: $0) }
    let isJSON = try settings.word(.logFormat) == "json"
    var logger = Logger(label: "blame") { label -> any LogHandler in
      isJSON ? JSONLogHandler(label: label, write: Terminal.log) : StreamLogHandler.standardError(label: label)
    }
    logger.logLevel = chosen ?? level
    return logger
  }

  /// Runs `body` with the engine running, and stops it afterwards.
  /// - Parameter projecting: with leaderboard, windows and audit brought up to date first.
  func withEngine<Value: Sendable>(
    projecting: Bool = false, _ body: @escaping @Sendable (ServerParts) async throws -> Value
  ) async throws -> Value {
    let settings = try await settings()
    let parts = ServerParts(try configuration(settings), logger: try logger(settings))
    do {
      return try await parts.running(projecting: projecting, body)
    } catch let failure as Failure {
      throw failure
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw Failure.failed("\(error)")
    }
  }
}
