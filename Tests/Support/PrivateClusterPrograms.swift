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
    (try? output(["pg_config", "--bindir"])).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
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

  private var prefix: [String] { user.map { ["runuser", "-u", $0, "--"] } ?? [] }

  /// Gives a folder to the user that the server runs as.
  func own(_ path: String) throws(PrivateCluster.Failure) {
    guard let user else { return }
    _ = try Self.output(["chown", user, path])
  }

  /// Runs a command; what it wrote.
  ///
  /// Not with Foundation's Process: pg_ctl leaves a server behind that inherits the descriptor by which Process
  /// learns of the end, and so it would wait for ever. Output goes through a file for the same reason.
  private static func output(_ command: [String]) throws(PrivateCluster.Failure) -> String {
    let path = "/tmp/blame-pg-output-\(getpid())-\(UUID().uuidString)"
    defer { unlink(path) }
    let status = try spawn(command, outputPath: path)
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    guard status == 0 else { throw PrivateCluster.Failure(description: "\(command): status \(status): \(text)") }
    return text
  }

  private static func spawn(_ command: [String], outputPath: String) throws(PrivateCluster.Failure) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // In a folder that every user may enter: initdb wants to know where it is.
    let program = "/usr/bin/env"
    var arguments = ([program, "-C", "/tmp"] + command).map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, program, &actions, nil, &arguments, environ)
    guard failure == 0 else { throw PrivateCluster.Failure(description: "cannot run \(command): errno \(failure)") }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    return status
  }
}
