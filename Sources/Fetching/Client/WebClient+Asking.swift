import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension WebClient {
  /// A short answer to a request that wants no file.
  struct Answer: Sendable {
    let status: Int
    /// `Set-Cookie` fields, each without its attributes: `name=value`.
    let cookies: [String]
    let body: [UInt8]
  }

  private static let shortAnswer = 64 << 10

  /// Sends a request without a body and takes a short answer, whatever its status.
  func ask(
    _ method: HTTPMethod, _ url: String, headers: [(name: String, value: String)]
  ) async throws(FetchError.Reason) -> Answer {
    var request = HTTPClientRequest(url: url)
    request.method = method
    request.headers.add(name: "User-Agent", value: Self.userAgent)
    if method == .POST { request.headers.add(name: "Content-Length", value: "0") }
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    do {
      let response = try await client.execute(request, timeout: TimeAmount(limits.connect + limits.idle))
      let body = try await response.body.collect(upTo: Self.shortAnswer)
      return Answer(
        status: Int(response.status.code),
        cookies: response.headers["Set-Cookie"].compactMap { $0.split(separator: ";").first.map(String.init) },
        body: Array(body.readableBytesView))
    } catch is NIOTooManyBytesError {
      throw .tooLarge(limitBytes: Self.shortAnswer)
    } catch {
      throw reason(error)
    }
  }
}
