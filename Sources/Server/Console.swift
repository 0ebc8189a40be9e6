public import Commands
import Events
import HTTPTypes
import NIOCore

/// What the server would answer to a GET without a token, without a server: the command line asks through it, so that both
/// say the same.
public struct Console: Sendable {
  private let api: Api
  private let table = RouteTable()

  /// A console over running parts. Histories have no bound here.
  public init(_ parts: ServerParts) { api = parts.api(Metrics(), historyEvents: .max) }

  /// An answer.
  public struct Reply: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The body; JSON or problem details.
    public let body: [UInt8]
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// The answer at a target such as `/api/v1/leaderboard?limit=10`.
  public func get(_ target: String) async -> Reply {
    do throws(Problem) {
      let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      guard case .found(let endpoint, let parameters) = table.match(method: "GET", path: halves[0]) else {
        throw Problem(.notFound, "There is nothing at \(target.prefix(200)).")
      }
      let query = halves.count > 1 ? try Query(halves[1]) : Query()
      let call = Call(
        endpoint: endpoint, parameters: parameters, query: query, signedIn: nil, address: "console",
        extent: .whole, isFromOwnPage: false, headers: HTTPFields())
      return Reply(try await api.answer(call))
    } catch {
      return Reply(Answer(error))
    }
  }
}

extension Console.Reply {
  fileprivate init(_ answer: Answer) {
    self.init(status: answer.status, body: Array(answer.body.readableBytesView))
  }
}

extension Console {
  /// A run as its player sees it, in the API's form.
  public func reply(_ view: SimulationView) -> Reply { Reply(api.answer(view, position: api.live.position)) }
}
