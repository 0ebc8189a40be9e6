import Foundation
import Racing
import Synchronization
import TestSupport
import Testing
import Timing

@testable import Fetching

/// A race asked for over the network, of sources that replay recorded bodies.
@Suite(.timeLimit(.minutes(5)), .enabled(if: TestData.isPresent, TestData.missing)) struct GatheringARaceTests {
  private let stub: SourceStub
  private let folder = FileManager.default.temporaryDirectory.path + "/gathering-\(UUID().uuidString)"
  private let clock = SleepyClock()
  private static let topics = "/static/2018/2018-04-29_Azerbaijan_Grand_Prix/2018-04-29_Race"

  init() throws { stub = try SourceStub.azerbaijan(data: TestData.folder) }

  private var addresses: SourceAddresses {
    func base(_ path: String) -> BaseAddress? { BaseAddress(stub.server.url + path) }
    return SourceAddresses(
      liveTiming: base("/static").map { [$0] }, jolpica: base("/ergast/f1"), openF1: base("/v1"))
  }

  private func gather(
    _ wish: RaceWish = RaceWish(season: 2018, slug: "azerbaijan"), addresses: SourceAddresses? = nil,
    _ change: (inout Fetcher.Configuration) -> Void = { _ in }
  ) async throws -> RaceGathering.Outcome {
    var configuration = Fetcher.Configuration(archive: BodyArchive(directory: folder))
    configuration.time = clock.timepiece
    change(&configuration)
    let addresses = addresses ?? self.addresses
    return try await Fetcher.with(configuration) { try await RaceGathering($0, addresses: addresses).gather(wish) }
  }

  private func error(_ wish: RaceWish) async -> GatheringError? {
    do {
      _ = try await gather(wish)
      return nil
    } catch {
      return error as? GatheringError
    }
  }

  @Test func `the race is the one that the same files give, and every body is accounted for`() async throws {
    let outcome = try await gather()
    let files = try RaceReader().read(TestData.folder + "/timing/2018_Azerbaijan_Race")
    #expect(outcome.race.record.key == RaceKey(season: 2018, round: 4))
    #expect(outcome.race.record.entrants.map(\.laps) == files.record.entrants.map(\.laps))
    #expect(outcome.race.record.entrants.map(\.result) == files.record.entrants.map(\.result))
    #expect(outcome.reports.map(\.source) == [.liveTiming, .jolpica, .openF1])
    #expect(outcome.reports[0].outcome == .read && outcome.reports[0].fetched == 10)
    #expect(outcome.reports[1].outcome == .read && outcome.reports[1].fetched == 3)
    #expect(outcome.reports[1].gaps.map(\.name) == ["pitstops"])
    #expect(outcome.reports[2].outcome == .notAsked("it begins with 2023"))
    #expect(outcome.reports[0].gaps.map(\.name).contains("WeatherData"))
    // Every part of the record leads to the bytes.
    let digests = Set(outcome.bodies.map(\.digest))
    #expect(outcome.race.record.provenance.count == 10)
    #expect(outcome.race.record.provenance.allSatisfy { digests.contains($0.digest) })
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `a second run asks for nothing, offline neither, and gives the same`() async throws {
    let first = try await gather()
    let asked = stub.targets.count
    let connections = stub.server.connections
    let second = try await gather()
    #expect(second.race.record.digest == first.race.record.digest)
    // What was not there is asked for again; what came is not.
    #expect(Set(stub.targets.dropFirst(asked)) == ["/ergast/f1/2018/4/pitstops.json?limit=100&offset=0"])
    let later = stub.server.connections
    let offline = try await gather { $0.isOffline = true }
    #expect(offline.race.record.digest == first.race.record.digest)
    #expect(offline.reports[0].cached == first.reports[0].fetched && offline.reports[0].fetched == 0)
    #expect(stub.server.connections == later && connections > 0)
    let refreshed = try await gather { $0.isRefreshing = true }
    #expect(refreshed.reports[0].unchanged == first.reports[0].fetched && refreshed.reports[0].fetched == 0)
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `a run that breaks off is taken up where it stopped`() async throws {
    stub.answer(Self.topics + "/TimingData.jsonStream", with: .init(503, ""))
    let broken = try await gather { $0.limits.attempts = 2 }
    guard case .failed(let reason) = broken.reports[0].outcome else { Issue.record("read"); return }
    #expect(reason.contains("answered 503") && broken.reports[0].mayComeLater)
    let asked = stub.targets.count
    stub.answer(Self.topics + "/TimingData.jsonStream", with: nil)
    let whole = try await gather()
    #expect(whole.reports[0].outcome == .read)
    #expect(stub.targets.dropFirst(asked).filter { $0.contains("SessionInfo") || $0.contains("Index") } == [])
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test(arguments: [403, 404, 500]) func `a source that fails costs itself alone`(_ status: Int) async throws {
    stub.answer("/ergast", with: .init(status, "<html>no</html>"))
    let outcome = try await gather { $0.limits.attempts = 2 }
    #expect(outcome.reports[0].outcome == .read)
    guard case .failed(let reason) = outcome.reports[1].outcome else { Issue.record("read"); return }
    #expect(reason.contains("answered \(status)"))
    #expect(outcome.race.record.entrants.count == 20)
    stub.answer("/ergast", with: nil)
    stub.answer("/static", with: .init(200, "<html>Sign in to F1</html>"))
    try FileManager.default.removeItem(atPath: folder)
    let official = try await gather()
    guard case .failed(let page) = official.reports[0].outcome else { Issue.record("read"); return }
    #expect(page.contains("web page") && official.race.record.provenance.map(\.source).allSatisfy { $0 == "jolpica" })
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `the mirror has what the archive has not`() async throws {
    let dead = try StubServer { _ in .init(403, "") }
    defer { dead.stop() }
    var addresses = addresses
    addresses.liveTiming.insert(try #require(BaseAddress(dead.url + "/static")), at: 0)
    let outcome = try await gather(addresses: addresses)
    #expect(outcome.reports[0].outcome == .read)
    #expect(dead.requests.count >= 10)
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `a Grand Prix that nobody knows is named with those that are known`() async throws {
    let error = try #require(await error(RaceWish(season: 2018, slug: "atlantis")))
    #expect(error == .unknownRace(season: 2018, slug: "atlantis", known: ["china", "azerbaijan"]))
    #expect("\(error)".contains("azerbaijan"))
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `a season that nobody has is said source by source`() async throws {
    guard case .nothing(let reports) = await error(RaceWish(season: 2031, slug: "monaco")) else {
      Issue.record("something came")
      return
    }
    #expect(reports.count == 3)
    #expect(reports.allSatisfy { if case .failed = $0.outcome { true } else { false } })
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `damaged and oversized bodies of a topic cost the topic`() async throws {
    stub.answer(Self.topics + "/RaceControlMessages", with: .init(200, "\u{1}\u{2}garbage"))
    stub.answer(Self.topics + "/TrackStatus", with: .init(200, [UInt8](repeating: 0x30, count: 70 << 20), fault: .none))
    let outcome = try await gather()
    #expect(outcome.reports[0].outcome == .read)
    let gaps = Dictionary(uniqueKeysWithValues: outcome.reports[0].gaps.map { ($0.name, $0.reason) })
    #expect(gaps["RaceControlMessages"]?.contains("no stream of timing messages") == true)
    #expect(gaps["TrackStatus"]?.contains("larger than") == true)
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test func `a cancelled run keeps what came`() async throws {
    stub.answer(Self.topics + "/TimingData", with: .init(200, "", fault: .silence))
    let task = Task { await error(RaceWish(season: 2018, slug: "azerbaijan")) }
    while !stub.targets.contains(where: { $0.hasSuffix("/TimingData.jsonStream") }) {
      try await Task.sleep(for: .milliseconds(5))
    }
    task.cancel()
    #expect(await task.value == .cancelled)
    let archive = BodyArchive(directory: folder)
    #expect(archive.body(at: stub.server.url + "/static/2018/Index.json") != nil)
    try? FileManager.default.removeItem(atPath: folder)
  }
}

@Suite struct PagesAndPathsTests {
  @Test(arguments: [
    ("2023/2023-05-28_Monaco_Grand_Prix/2023-05-28_Race/", "2023/2023-05-28_Monaco_Grand_Prix/2023-05-28_Race"),
    (
      "2024/2024-11-03_São_Paulo_Grand_Prix/2024-11-03_Race/",
      "2024/2024-11-03_S%C3%A3o_Paulo_Grand_Prix/2024-11-03_Race"
    ),
    ("2024/a b/", "2024/a%20b"), ("../../etc/passwd", nil), ("", nil), ("2024/./x", nil),
  ]) func `a path of the index is encoded and stays inside`(_ path: String, _ expected: String?) {
    #expect(LiveTimingArchive.folder(path) == expected)
  }

  @Test func `laps are asked for page by page, by the service's own limit`() async throws {
    let desk = try Desk { request in
      guard let offset = request.target.split(separator: "offset=").last.flatMap({ Int($0) }),
        request.target.contains("laps")
      else { return .init(200, Self.results) }
      return .init(200, Self.page(offset: offset))
    }
    let wish = RaceWish(season: 2010, slug: "monaco", round: 6)
    let report = try await Fetcher.with(desk.configuration()) { fetcher in
      var harvest = Harvest(.jolpica, fetcher) { _ in }
      try await ResultsService(base: desk.base, wish: wish).gather(&harvest)
      return (harvest.files.keys.sorted(), harvest.round)
    }
    #expect(report.0 == ["laps_00000.json", "laps_00030.json", "laps_00060.json", "results.json"])
    #expect(report.1 == 6)
    #expect(desk.clock.slept.allSatisfy { $0 <= .milliseconds(250) })
  }

  private static func page(offset: Int) -> String {
    """
    {"MRData":{"limit":"30","offset":"\(offset)","total":"75","RaceTable":{"season":"2010","round":"6","Races":[
    {"season":"2010","round":"6","Laps":[{"number":"1","Timings":[{"driverId":"a","position":"1","time":"1:20.000"}]}]}]}}}
    """
  }

  private static let results = """
    {"MRData":{"limit":"100","offset":"0","total":"1","RaceTable":{"season":"2010","round":"6","Races":[
    {"season":"2010","round":"6","raceName":"Monaco Grand Prix","Results":[{"number":"1"}]}]}}}
    """

  @Test func `OpenF1 is asked by the keys that it gives itself`() async throws {
    let desk = try Desk { request in
      switch request.target {
      case "/meetings?year=2023":
        .init(200, #"[{"meeting_key":1210,"meeting_name":"Monaco Grand Prix","year":2023}]"#)
      case "/sessions?meeting_key=1210":
        .init(200, #"[{"session_key":9094,"session_name":"Race"},{"session_key":9090,"session_name":"Qualifying"}]"#)
      case "/laps?session_key=9094": .init(200, #"[{"driver_number":1,"lap_number":2,"session_key":9094}]"#)
      case "/weather?session_key=9094": .init(404, #"{"detail":"No results found."}"#)
      default: .init(200, "[]")
      }
    }
    let wish = RaceWish(season: 2023, slug: "monaco")
    let harvest = try await Fetcher.with(desk.configuration()) { fetcher in
      var harvest = Harvest(.openF1, fetcher) { _ in }
      try await OpenF1Service(base: desk.base, wish: wish, token: nil).gather(&harvest)
      return harvest
    }
    #expect(harvest.files["laps.json"] != nil && harvest.files["weather.json"] == nil)
    #expect(harvest.report.gaps.map(\.name) == ["weather"])
    #expect(desk.stub.requests.map(\.target).contains("/starting_grid?session_key=9090"))
    #expect(desk.stub.requests.map(\.target).contains("/stints?session_key=9094"))
  }
}
