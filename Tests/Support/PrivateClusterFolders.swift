import Foundation
import Glibc
import Synchronization

/// The clusters' folders: `/tmp/blame-pg-<process>-<number>`, removed at exit, by whoever comes next at the latest.
enum ClusterFolders {
  private static let prefix = "blame-pg-"
  private static let made = Mutex<[(folder: String, server: ClusterPrograms)]>([])
  private static let count = Mutex(0)

  static func make() throws(PrivateCluster.Failure) -> String {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let folder = "/tmp/\(prefix)\(getpid())-\(number)"
    guard mkdir(folder, 0o755) == 0 else {
      throw PrivateCluster.Failure(description: "cannot make \(folder): errno \(errno)")
    }
    return folder
  }

  /// Removes a cluster when the process exits, if nobody did before.
  static func removeAtExit(_ folder: String, _ server: ClusterPrograms) {
    let isFirst = made.withLock { made in
      made.append((folder, server))
      return made.count == 1
    }
    guard isFirst else { return }
    atexit { ClusterFolders.removeAll() }
  }

  private static func removeAll() {
    for (folder, server) in made.withLock({ $0 }) { remove(folder, server) }
  }

  /// Stops what runs in a folder, at once, and deletes it.
  static func remove(_ folder: String, _ server: ClusterPrograms?) {
    made.withLock { $0.removeAll { $0.folder == folder } }
    if let pid = serverPID(folder) {
      kill(pid, SIGQUIT)
      for _ in 0..<500 where isAlive(pid) { usleep(10_000) }
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func serverPID(_ folder: String) -> Int32? {
    guard let text = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8),
      let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }), isServer(pid, folder)
    else { return nil }
    return pid
  }

  /// Whether a process still runs; one that has ended but that nobody has asked about does not.
  static func isAlive(_ pid: Int32) -> Bool {
    guard kill(pid, 0) == 0, let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
      return false
    }
    return text.split(separator: ")").last?.first { $0 != " " } != "Z"
  }

  /// Process ids are used again: only a process whose command line names the folder is ours.
  private static func isServer(_ pid: Int32, _ folder: String) -> Bool {
    guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
    return String(decoding: line, as: UTF8.self).contains(folder)
  }

  /// Removes what processes left behind that were killed.
  static func sweep() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    for name in names where name.hasPrefix(prefix) {
      guard let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ Int32($0) }),
        kill(owner, 0) != 0, errno == ESRCH
      else { continue }
      remove("/tmp/" + name, nil)
    }
  }
}
