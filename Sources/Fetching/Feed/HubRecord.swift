import FoundationEssentials

/// What a client must understand of the hub's records; what they say of the session is for the readers of recordings.
///
/// The hub speaks SignalR's JSON protocol: records of JSON, each with the separator 0x1e behind it.
struct HubRecord: Decodable, Equatable {
  /// 1 calls a method of the client, 3 answers a call, 6 keeps the connection going, 7 ends it; nil in the answer to the
  /// handshake.
  var type: Int?
  /// Why the handshake, a call or the connection was refused.
  var error: String?

  static let separator: UInt8 = 0x1e
  static let ping = Array(#"{"type":6}"#.utf8) + [separator]
  static let handshake = Array(#"{"protocol":"json","version":1}"#.utf8) + [separator]

  /// Asks for topics: the answer is the state of each, and messages follow.
  static func subscription(to topics: [String]) -> [UInt8] {
    let names = topics.map { "\"\($0)\"" }.joined(separator: ",")
    return Array(#"{"type":1,"invocationId":"0","target":"Subscribe","arguments":[["#.utf8)
      + Array("\(names)]]}".utf8) + [separator]
  }

  init(_ bytes: ArraySlice<UInt8>) throws(FetchError.Reason) {
    do { self = try JSONDecoder().decode(HubRecord.self, from: Data(bytes)) } catch {
      throw .unexpectedContent("the feed sends what is no record of SignalR")
    }
  }
}

/// Cuts what arrives into records. What is kept is the unfinished record and no more.
struct HubRecords {
  private var pending: [UInt8] = []
  private let longest: Int

  /// A record may have that many bytes.
  init(longest: Int) { self.longest = longest }

  /// The records that end in these bytes, without their separators.
  mutating func take(_ bytes: some Collection<UInt8>) throws(FetchError.Reason) -> [ArraySlice<UInt8>] {
    pending += bytes
    var records = pending.split(separator: HubRecord.separator, omittingEmptySubsequences: false)
    let rest = records.popLast() ?? []
    guard rest.count <= longest else { throw .tooLarge(limitBytes: longest) }
    pending = Array(rest)
    return records.filter { !$0.isEmpty }
  }
}
