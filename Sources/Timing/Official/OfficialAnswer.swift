/// One answer of the results service, before anybody asks what it lists.
public struct OfficialAnswer: Sendable, Equatable {
  /// What became of a request.
  public enum Outcome: Sendable, Equatable {
    /// Rows.
    case rows
    /// An ordinary answer without rows: there is no data yet.
    case empty
    /// The service refused, and why.
    case refused(String)
    /// A web page, a cut-off body, or anything else.
    case unreadable
  }

  /// What became of the request.
  public let outcome: Outcome
  /// Rows a page has at most. The service caps what is asked for, so that only this counts.
  public let limit: Int?
  /// Rows before this page.
  public let offset: Int?
  /// Rows of all pages.
  public let total: Int?

  let table: JSONValue

  /// Reads the bytes of an answer.
  public init(_ bytes: [UInt8]) {
    let answer = JSONValue(bytes) ?? .null
    let head = answer["MRData"] ?? .null
    limit = head["limit"]?.whole
    offset = head["offset"]?.whole
    total = head["total"]?.whole
    let found = head.members.first { $0.key.hasSuffix("Table") }?.value ?? .null
    table = found
    if let detail = answer["detail"]?.string {
      outcome = .refused(detail)
    } else if case .object = found {
      let lists = found.members.values.map { $0.indexed }
      outcome = lists.contains { !$0.isEmpty } ? .rows : .empty
    } else {
      outcome = .unreadable
    }
  }

  /// The races it lists.
  var races: [JSONValue] { table["Races"]?.indexed.map(\.value) ?? [] }
}

/// Which pages of a list have come, in any order.
public struct OfficialPages: Sendable, Equatable {
  /// Rows of all pages; nil until a page said it.
  public private(set) var total: Int?
  private var received: [Range<Int>] = []
  private var limit = 100

  /// No page.
  public init() {}

  /// Notes a page.
  public mutating func take(_ answer: OfficialAnswer) {
    guard let offset = answer.offset, let limit = answer.limit, let total = answer.total, limit > 0, offset >= 0 else {
      return
    }
    self.total = total
    self.limit = limit
    received.append(offset..<max(offset, min(total, offset + limit)))
  }

  /// The offset of the first page that is missing; nil when all rows came.
  public var next: Int? {
    guard let total else { return 0 }
    var reached = 0
    for range in received.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard range.lowerBound <= reached else { break }
      reached = max(reached, range.upperBound)
    }
    return reached < total ? reached : nil
  }

  /// Rows that a page has at most, as the service said last.
  public var pageSize: Int { limit }
}
