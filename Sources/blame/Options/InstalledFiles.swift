import Foundation

/// Where the files that belong to the program are: in the working folder of a checkout, beside the program in an unpacked
/// archive, under `share` where it is installed.
enum InstalledFiles {
  /// The first folder of that name that is there; the one in the working folder when there is none.
  static func folder(_ name: String) -> String {
    let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    guard let program else { return name }
    let home = URL(filePath: program).deletingLastPathComponent().deletingLastPathComponent()
    let candidates = [name, home.appending(path: name).path, home.appending(path: "share/blameengine/\(name)").path]
    return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? name
  }
}
