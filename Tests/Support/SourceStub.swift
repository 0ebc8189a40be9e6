import Foundation
import Synchronization

/// The three sources of race data on one stub server: live timing under `/static`, official results under `/ergast/f1`,
/// OpenF1 under `/v1`. It has the files it is given; everything else is answered 404.
public final class SourceStub: Sendable {
  private final class Shelf: Sendable {
    let files: [String: [UInt8]]
    let exceptions = Mutex<[String: StubServer.Reply]>([:])

    init(_ files: [String: [UInt8]]) { self.files = files }

    func answer(_ request: StubServer.Request) -> StubServer.Reply {
      let exception = exceptions.withLock { exceptions in
        exceptions.filter { request.target.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
      }
      if let exception { return exception }
      guard let body = files[request.target] else { return .init(404, #"{"detail":"Not found."}"#) }
      let tag = "\"\(body.count)-\(body.reduce(UInt32(17)) { $0 &* 31 &+ UInt32($1) })\""
      if request.headers["if-none-match"] == tag { return .init(304, "") }
      return .init(200, body, headers: ["ETag": tag])
    }
  }

  private let shelf: Shelf
  /// The server.
  public let server: StubServer

  /// A stub with those files, by target.
  public init(_ files: [String: [UInt8]]) throws {
    let shelf = Shelf(files)
    self.shelf = shelf
    server = try StubServer { shelf.answer($0) }
  }

  deinit { server.stop() }

  /// Answers every target that begins so in another way; nil ends that. Of several the longest counts.
  public func answer(_ beginning: String, with reply: StubServer.Reply?) {
    shelf.exceptions.withLock { $0[beginning] = reply }
  }

  /// Targets that were asked for, in order.
  public var targets: [String] { server.requests.map(\.target) }
}

extension SourceStub {
  /// The Grand Prix of Azerbaijan 2018, as recorded: topics of live timing, results and the first lap. What leads there,
  /// the indexes and the calendar, is made up, for it was not recorded.
  /// - Parameter data: the folder that holds `timing/`.
  public static func azerbaijan(data: String) throws -> SourceStub {
    let raw = data + "/timing/2018_Azerbaijan_Race/raw"
    let folder = "/static/2018/2018-04-29_Azerbaijan_Grand_Prix/2018-04-29_Race"
    var files: [String: [UInt8]] = [:]
    var feeds: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: raw) where name.hasSuffix(".jsonStream") {
      files["\(folder)/\(name)"] = [UInt8](try Data(contentsOf: URL(filePath: "\(raw)/\(name)")))
      let topic = name.dropLast(".jsonStream".count)
      feeds.append(#""\#(topic)":{"KeyFramePath":"\#(topic).json","StreamPath":"\#(name)"}"#)
    }
    files["\(folder)/Index.json"] = Array(#"{"Feeds":{\#(feeds.joined(separator: ","))}}"#.utf8)
    files["/static/2018/Index.json"] = Array(seasonIndex.utf8)
    files["/ergast/f1/2018.json?limit=100"] = Array(calendar.utf8)
    let results = try Data(contentsOf: URL(filePath: raw + "/jolpica_results.json"))
    files["/ergast/f1/2018/4/results.json?limit=100"] = [UInt8](results)
    let laps = try Data(contentsOf: URL(filePath: raw + "/jolpica_laps_1.json"))
    files["/ergast/f1/2018/4/laps.json?limit=100&offset=0"] = [UInt8](laps)
    return try SourceStub(files)
  }

  private static let seasonIndex = """
    \u{feff}{"Year":2018,"Meetings":[{"Key":981,"Name":"Chinese Grand Prix","Sessions":[{"Key":-1}]},
    {"Sessions":[{"Key":5090,"Type":"Race","Name":"Race","StartDate":"2018-04-29T16:10:00",
    "EndDate":"2018-04-29T18:10:00","GmtOffset":"04:00:00",
    "Path":"2018/2018-04-29_Azerbaijan_Grand_Prix/2018-04-29_Race/"}],
    "Key":982,"Number":4,"Location":"Baku","Name":"Azerbaijan Grand Prix"}]}
    """

  private static let calendar = """
    {"MRData":{"limit":"100","offset":"0","total":"2","RaceTable":{"season":"2018","Races":[
    {"season":"2018","round":"3","raceName":"Chinese Grand Prix","date":"2018-04-15"},
    {"season":"2018","round":"4","raceName":"Azerbaijan Grand Prix","date":"2018-04-29"}]}}}
    """
}
