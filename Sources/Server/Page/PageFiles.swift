import FoundationEssentials

/// The files of a built page, read once into memory: a request never reaches the disk, so no path can leave the folder.
///
/// A few hundred kilobytes. What is built later is served after a restart.
struct PageFiles: Sendable {
  /// One file.
  struct File: Sendable {
    let bytes: [UInt8]
    /// The same, compressed when the page was built; nil for kinds that gain nothing.
    let gzip: [UInt8]?
    let tag: String
    let type: String
  }

  /// By path, such as `/assets/main-ABCDEFGH.js`. Without `index.html` and `routes.json`, which are not served as they are.
  let files: [String: File]
  /// `index.html` with its places to fill.
  let document: String
  /// `routes.json`.
  let routes: [UInt8]

  /// Why a folder is no built page.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Types by ending; what has another ending is not served.
  private static let types = [
    "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8", "json": "application/json",
  ]

  /// Reads the folder that `web/build.sh` makes.
  init(directory: String) throws(Failure) {
    document = String(decoding: try Self.read("\(directory)/index.html"), as: UTF8.self)
    routes = try Self.read("\(directory)/routes.json")
    var files: [String: File] = [:]
    for folder in ["", "assets/"] {
      for name in try Self.names("\(directory)/\(folder)") where name != "routes.json" {
        guard let ending = name.split(separator: ".").last, let type = Self.types[String(ending)] else { continue }
        let bytes = try Self.read("\(directory)/\(folder)\(name)")
        files["/\(folder)\(name)"] = File(
          bytes: bytes, gzip: try? Self.read("\(directory)/\(folder)\(name).gz"), tag: ETag.of(bytes), type: type)
      }
    }
    self.files = files
  }

  private static func names(_ directory: String) throws(Failure) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
      throw Failure(description: "the folder \(directory) cannot be listed: \(error)")
    }
  }

  private static func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(description: "\(path) cannot be read")
    }
    return [UInt8](data)
  }
}
