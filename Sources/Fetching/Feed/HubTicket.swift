import FoundationEssentials
import NIOHTTP1
import Racing

/// What the hub gives whoever wants to connect: a token for one connection, and cookies that lead to the same machine.
struct HubTicket: Sendable, Equatable {
  var token: String
  /// `name=value`, without attributes.
  var cookies: [String]

  /// The token as it stands in an address: whatever is no plain letter or digit as `%2F`.
  var encodedToken: String {
    token.utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + hexadecimal([byte]).uppercased()
      }
    }
  }

  private struct Negotiated: Decodable {
    var connectionToken: String?
    var connectionId: String?
    var url: String?
    var error: String?
  }

  /// Asks for one. The cookie comes with the answer to OPTIONS, the token with the answer to POST.
  static func ask(_ hub: BaseAddress, _ client: WebClient, _ account: SourceToken?) async throws(FetchError.Reason)
    -> HubTicket
  {
    let url = hub.adding("negotiate?negotiateVersion=1")
    let own = account.map { [(name: "Authorization", value: "Bearer \($0.secret)")] } ?? []
    let greeting = try await client.ask(.OPTIONS, url, headers: own)
    var cookies = greeting.cookies
    let sent = cookies.isEmpty ? own : own + [(name: "Cookie", value: cookies.joined(separator: "; "))]
    let answer = try await client.ask(.POST, url, headers: sent)
    guard answer.status == 200 else { throw .status(answer.status, retryAfterSeconds: nil) }
    let negotiated: Negotiated
    do { negotiated = try JSONDecoder().decode(Negotiated.self, from: Data(answer.body)) } catch {
      throw .unexpectedContent("the answer to the negotiation is not JSON")
    }
    if let elsewhere = negotiated.url { throw .redirected(to: elsewhere) }
    guard let token = negotiated.connectionToken ?? negotiated.connectionId else {
      throw .unexpectedContent("the hub refuses the connection: \(negotiated.error ?? "it gives no token")")
    }
    cookies += answer.cookies.filter { !cookies.contains($0) }
    return HubTicket(token: token, cookies: cookies)
  }
}
