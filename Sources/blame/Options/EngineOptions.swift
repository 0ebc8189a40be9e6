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

  /// What was not given as a flag.
  func settings() async throws -> Settings { try await Settings(configPath: config) }

  /// How the engine is put together.
  func configuration(_ settings: Settings) throws -> ServerConfiguration {
    guard let url = databaseUrl ?? settings.string("database.url") else {
      throw Failure.usage(
        "No database is named: give --database-url, or set DATABASE_URL, such as \"host=/run/postgresql dbname=blame\"."
      )
    }
    var configuration = ServerConfiguration(databaseURL: url)
    configuration.directDatabaseURL = directDatabaseUrl ?? settings.string("direct.database.url")
    configuration.isPooled = pooled || settings.flag("pooled")
    return configuration
  }

  /// Messages go to standard error, from `--log-level` up; the default shows what needs attention.
  func logger(_ settings: Settings, default level: Logger.Level = .warning) throws -> Logger {
    let name = logLevel ?? settings.string("log.level")
    guard let name else { return Self.logger(level) }
    guard let chosen = Logger.Level(rawValue: name.lowercased()) else {
      throw Failure.usage("'\(name)' is not a log level: use trace, debug, info, notice, warning, error or critical.")
    }
    return Self.logger(chosen)
  }

  private static func logger(_ level: Logger.Level) -> Logger {
    var logger = Logger(label: "blame") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
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
