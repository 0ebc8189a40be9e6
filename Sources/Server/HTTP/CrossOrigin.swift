import HTTPTypes
import NIOCore

/// Pages of other origins that may ask from a browser (CORS). They use tokens: cookies are for our own page, so nothing
/// here ever allows credentials.
public struct CrossOrigin: Sendable, Equatable {
  /// Which origins.
  public enum Origins: Sendable, Equatable {
    /// None but our own.
    case none
    /// Every one.
    case any
    /// These, such as `https://pit.example`.
    case these([String])
  }

  /// Which origins.
  public let origins: Origins

  /// Nobody but our own page.
  public static let none = CrossOrigin(origins: .none)

  private init(origins: Origins) { self.origins = origins }

  /// The origins in a list; `*` is every one.
  /// - Throws: ``Malformed`` for what is no origin, and for `*` beside others.
  public init(_ list: [String]) throws(Malformed) {
    if list == ["*"] {
      self.init(origins: .any)
      return
    }
    for origin in list where !Self.isOrigin(origin) { throw Malformed(text: origin) }
    self.init(origins: list.isEmpty ? .none : .these(list))
  }

  /// Something that is not an origin.
  public struct Malformed: Error, CustomStringConvertible {
    /// What was given.
    public let text: String

    /// What would be right.
    public var description: String {
      "'\(text)' is not an origin: give a scheme, a host and a port if there is one, such as https://pit.example, or * alone"
    }
  }

  /// A scheme and an authority in small letters, as browsers write it, and nothing else.
  private static func isOrigin(_ text: String) -> Bool {
    guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
    let authority = text.dropFirst(scheme.count)
    return !authority.isEmpty
      && authority.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
          UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }
}

extension CrossOrigin {
  private static let requestHeaders = "Authorization, Content-Type, Idempotency-Key, If-None-Match"
  private static let answerHeaders = "ETag, Link, Location, Retry-After, Idempotency-Key, X-Request-Id, Events-Behind"
  private static let preflightSeconds = "600"

  /// The answer to a browser that asks by OPTIONS whether it may ask; nil when it may not, or asks something else.
  /// - Parameter methods: What works at the address, by commas.
  func preflight(_ headers: HTTPFields, methods: String) -> Answer? {
    guard headers[.accessControlRequestMethod] != nil, allowed(headers) != nil else { return nil }
    var answer = Answer(status: 204, type: .text, body: ByteBuffer())
    answer.headers[.contentType] = nil
    answer.headers[.accessControlAllowMethods] = methods
    answer.headers[.accessControlAllowHeaders] = Self.requestHeaders
    answer.headers[.accessControlMaxAge] = Self.preflightSeconds
    return answer
  }

  /// Lets the page that a request comes from read the answer, if it may.
  func mark(_ headers: inout HTTPFields, for request: HTTPFields) {
    if case .these = origins { headers.append(HTTPField(name: .vary, value: "Origin")) }
    guard let origin = allowed(request) else { return }
    headers[.accessControlAllowOrigin] = origin
    headers[.accessControlExposeHeaders] = Self.answerHeaders
  }

  /// What to say to the page that a request comes from; nil when it may not ask.
  private func allowed(_ request: HTTPFields) -> String? {
    guard let origin = request[.origin] else { return nil }
    switch origins {
    case .none: return nil
    case .any: return "*"
    case .these(let known): return known.contains(origin) ? origin : nil
    }
  }
}
