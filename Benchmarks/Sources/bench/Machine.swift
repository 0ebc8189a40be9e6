import Foundation

/// The machine a figure was taken on, and what else was going on there.
struct Machine: Codable {
  let cores: Int
  let model: String
  var postgres: String
  let build: String
  /// Median time of a 4 KiB write followed by fdatasync, in the folder of the cluster.
  var fsyncMilliseconds: Double
  /// Share of all cores used by processes other than the benchmark's own while it ran, 0...1.
  var foreignCPU: Double

  /// This machine, with an fsync probe in a directory.
  static func probe(directory: String, postgres: String) -> Machine {
    #if DEBUG
      let build = "debug"
    #else
      let build = "release"
    #endif
    return Machine(
      cores: ProcessInfo.processInfo.activeProcessorCount, model: cpuModel(), postgres: postgres, build: build,
      fsyncMilliseconds: fsyncProbe(directory: directory), foreignCPU: 0)
  }

  private static func cpuModel() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") } ?? ""
    return line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}

/// Median of 200 runs of a 4 KiB write with fdatasync.
func fsyncProbe(directory: String) -> Double {
  let path = directory + "/fsync-probe-\(getpid())"
  let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
  guard descriptor >= 0 else { return -1 }
  defer {
    close(descriptor)
    unlink(path)
  }
  let block = [UInt8](repeating: 7, count: 4096)
  let times = (0..<200).map { _ in
    let start = ContinuousClock.now
    _ = pwrite(descriptor, block, block.count, 0)
    _ = fdatasync(descriptor)
    return Double((ContinuousClock.now - start) / .microseconds(1)) / 1000
  }
  return median(times)
}

/// CPU time used on the whole machine and by a set of processes, in clock ticks.
struct CPUUse {
  private let total: Int
  private let own: Int

  /// Reads /proc now; the processes are this one with its children, and those of the command names given.
  init(commands: [String]) {
    total = CPUUse.busyTicks()
    own = CPUUse.ownTicks(commands: commands)
  }

  /// Share of all cores that others used between two readings.
  func foreign(until later: CPUUse, elapsed: Duration, cores: Int) -> Double {
    let ticks = Double(later.total - total - (later.own - own))
    let available = Double(elapsed / .milliseconds(10)) * Double(cores)
    return available > 0 ? max(0, ticks / available) : 0
  }

  private static func busyTicks() -> Int {
    let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
    let fields = text.split(separator: "\n").first?.split(separator: " ").dropFirst().compactMap { Int($0) } ?? []
    guard fields.count > 4 else { return 0 }
    return fields.reduce(0, +) - fields[3] - fields[4]
  }

  private static func ownTicks(commands: [String]) -> Int {
    let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int($0) } ?? []
    return ids.reduce(0) { sum, id in
      guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let close = stat.lastIndex(of: ")"), let open = stat.firstIndex(of: "(")
      else { return sum }
      let name = String(stat[stat.index(after: open)..<close])
      guard id == Int(getpid()) || commands.contains(name) else { return sum }
      let fields = stat[stat.index(after: close)...].split(separator: " ")
      return sum + (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    }
  }
}
