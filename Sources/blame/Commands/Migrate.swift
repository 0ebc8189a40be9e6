import ArgumentParser
import EventStore
import Foundation
import Postgres
import Server

/// `blame migrate`
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database's schema up to date.",
    discussion: """
      Needs a user who may make schemas and roles. Forward only, each file once, checked by its checksum; runs at the same \
      time wait for one another.
      """)

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "Folder of numbered SQL files. Also BLAME_SCHEMA. Default ./schema.")
  var schema: String?

  @Option(name: .long, help: "Make this login, if it is not there, and let it run the server.")
  var serviceRole: String?

  @Flag(name: .long, help: "Only say what would be run.")
  var plan = false

  func run() async throws {
    let settings = try await engine.settings()
    let url = try engine.configuration(settings).databaseURL
    let configuration = PostgresConfiguration(url, applicationName: "blame migrate")
    let migrator = Migrator(
      configuration, directory: schema ?? settings.string(.schema) ?? InstalledFiles.folder("schema"))
    do throws(MigrationError) {
      let done = plan ? try await migrator.plan() : try await migrate(migrator)
      report(done)
    } catch {
      throw Failure.failed("\(error)")
    }
    if let serviceRole, !plan { try await ServiceRole(name: serviceRole).make(configuration) }
  }

  private func migrate(_ migrator: Migrator) async throws(MigrationError) -> Migrator.Plan {
    let bar = output.progress("migrating", total: nil)
    let done = try await migrator.run { progress in
      if case .finished(let migration, let number, _) = progress { bar.set(number, note: migration.file) }
    }
    if !done.pending.isEmpty { bar.finish() }
    return done
  }

  private func report(_ done: Migrator.Plan) {
    let files = done.pending.map(\.file)
    if output.json {
      let quoted = files.map { "\"\($0)\"" }.joined(separator: ",")
      return Terminal.print("{\"applied\":\(done.applied.count),\"\(plan ? "pending" : "run")\":[\(quoted)]}")
    }
    let verb = plan ? "to be run" : "run"
    Terminal.print(
      files.isEmpty ? "The schema is up to date." : "\(files.count) \(verb): \(files.joined(separator: ", "))")
  }
}

/// The login a server runs under: it may read the log, append through `log.append`, and write what it projects.
private struct ServiceRole {
  let name: String

  func make(_ configuration: PostgresConfiguration) async throws {
    guard name.wholeMatch(of: /[a-z_][a-z0-9_]{0,62}/) != nil else {
      throw Failure.usage("'\(name)' cannot name a role: use lower-case letters, digits and underscores.")
    }
    do {
      let session = try await Session.connect(configuration)
      _ = try await session.execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(name)') THEN CREATE ROLE \(name) LOGIN; END IF;
        END $$;
        GRANT blame_app, blame_projector, blame_sealer TO \(name);
        """)
      await session.close()
    } catch {
      throw Failure.failed("The role '\(name)' could not be made: \(error)")
    }
  }
}
