import ArgumentParser
import Fetching
import Foundation

/// Where race data is fetched from, and where it is kept.
struct FetchOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Folder that keeps what was fetched; may be deleted at any time. Also BLAME_CACHE. Default ~/.cache/blame.")
  var cache: String?

  @Flag(name: .long, help: "Open no connection to any source: only what the cache has. Also BLAME_OFFLINE=true.")
  var offline = false

  @Option(
    name: .long,
    help:
      "Address of the archive of live timing; several times, mirrors after it. Also BLAME_LIVETIMING_URL, by commas.")
  var livetimingUrl: [String] = []

  @Option(name: .long, help: "Address of the official results. Also BLAME_JOLPICA_URL.")
  var jolpicaUrl: String?

  @Option(name: .long, help: "Address of OpenF1. Also BLAME_OPENF1_URL. Its token comes from BLAME_OPENF1_TOKEN alone.")
  var openf1Url: String?

  /// What was given here.
  var given: [Setting: String] {
    var given: [Setting: String] = [:]
    given[.cache] = cache
    given[.offline] = offline ? "true" : nil
    given[.liveTimingURL] = livetimingUrl.isEmpty ? nil : livetimingUrl.joined(separator: ",")
    given[.jolpicaURL] = jolpicaUrl
    given[.openF1URL] = openf1Url
    return given
  }

  /// How races are fetched.
  static func fetching(_ settings: Settings) throws -> FetchSettings {
    let liveTiming = settings.list(.liveTimingURL)
    let addresses = SourceAddresses(
      liveTiming: liveTiming.isEmpty ? nil : try liveTiming.map { try address($0, .liveTimingURL) },
      jolpica: try settings.string(.jolpicaURL).map { try address($0, .jolpicaURL) },
      openF1: try settings.string(.openF1URL).map { try address($0, .openF1URL) })
    return FetchSettings(
      cacheDirectory: settings.string(.cache) ?? usualCache, addresses: addresses,
      isOffline: try settings.isOn(.offline), openF1Token: try token("BLAME_OPENF1_TOKEN"))
  }

  /// A secret never stands in a file of options or on a command line, where others could read it.
  static func token(_ variable: String) throws -> SourceToken? {
    guard let secret = ProcessInfo.processInfo.environment[variable], !secret.isEmpty else { return nil }
    guard let token = SourceToken(secret) else {
      throw Failure.usage("\(variable) holds blanks or other characters that no token has.")
    }
    return token
  }

  static func address(_ text: String, _ setting: Setting) throws -> BaseAddress {
    guard let address = BaseAddress(text) else {
      throw Failure.usage(
        "\(setting.flag) is no plain web address: give one such as https://api.openf1.org/v1, without a user name.")
    }
    return address
  }

  private static var usualCache: String {
    let environment = ProcessInfo.processInfo.environment
    if let caches = environment["XDG_CACHE_HOME"], caches.hasPrefix("/") { return caches + "/blame" }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache/blame" }
    return FileManager.default.temporaryDirectory.appending(path: "blame-cache").path()
  }
}
