import Foundation
import Glibc

/// The server's programs, and the user to run them as: PostgreSQL refuses to run as root.
struct ClusterPrograms: Sendable {
  let folder: String
  /// The user to switch to, `nil` to stay who we are.
  let user: String?

  /// Looks in `PG_BIN`, then where pg_config points, then where Debian puts them.
  static func find() throws(PrivateCluster.Failure) -> ClusterPrograms {
    let user = geteuid() == 0 ? "postgres" : nil
    let candidates = [ProcessInfo.processInfo.environment["PG_BIN"], configured()].compactMap { $0 } + installed()
    for folder in candidates where access(folder + "/initdb", X_OK) == 0 {
      return ClusterPrograms(folder: folder, user: user)
    }
    throw PrivateCluster.Failure(
      description: "no PostgreSQL server programs in \(candidates): install postgresql, or set PG_BIN to their folder")
  }

  private static func configured() -> String? {
    (try? output(["/usr/bin/env", "pg_config", "--bindir"])).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  private static func installed() -> [String] {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
  }

  /// Runs one of the programs to its end.
  func run(_ program: String, _ arguments: [String]) throws(PrivateCluster.Failure) {
    _ = try Self.output(prefix + ["\(folder)/\(program)"] + arguments)
  }

  private var prefix: [String] { user.map { ["/usr/sbin/runuser", "-u", $0, "--"] } ?? [] }

  /// Gives a folder to the user that the server runs as.
  func own(_ path: String) throws(PrivateCluster.Failure) {
    guard let user else { return }
    _ = try Self.output(["/usr/bin/env", "chown", user, path])
  }

  /// Runs a command; its standard output.
  ///
  /// Output goes through a file, not a pipe: pg_ctl leaves a server behind that would keep a pipe open for ever.
  private static func output(_ command: [String]) throws(PrivateCluster.Failure) -> String {
    let path = "/tmp/blame-pg-output-\(getpid())-\(UUID().uuidString)"
    defer { unlink(path) }
    do {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: command[0])
      process.arguments = Array(command.dropFirst())
      process.currentDirectoryURL = URL(fileURLWithPath: "/tmp")
      process.standardOutput = file
      process.standardError = file
      process.standardInput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      guard process.terminationStatus == 0 else { throw PrivateCluster.Failure(description: "\(command): \(text)") }
      return text
    } catch let failure as PrivateCluster.Failure {
      throw failure
    } catch {
      throw PrivateCluster.Failure(description: "\(command): \(error)")
    }
  }
}
