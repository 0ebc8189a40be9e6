import HTTPTypes
import Hummingbird
import NIOCore

/// Reads bodies within bounds.
enum RequestContent {
  /// Up to this many times the limit is read and thrown away, so that the client gets to see the refusal.
  private static let patience = 16

  /// The JSON text of a request.
  /// - Throws: ``ProblemCode/unsupportedMediaType``, ``ProblemCode/tooLarge``, ``ProblemCode/malformedRequest``,
  ///   ``ProblemCode/slowRequest``.
  static func read(_ request: Request, _ limits: Limits, _ channel: any Channel) async throws(Problem) -> [UInt8] {
    let declared = request.headers[.contentLength].flatMap { Int($0) }
    if let declared, declared > limits.bodyBytes {
      if declared > limits.bodyBytes * patience { channel.close(mode: .input, promise: nil) }
      throw tooLarge("\(declared)", limits)
    }
    let bytes = try await received(request.body, limits, channel)
    if !bytes.isEmpty { try checkType(request.headers[.contentType]) }
    return bytes
  }

  /// The body, if it comes in time. Of a client that is slower nothing more is read.
  private static func received(
    _ body: RequestBody, _ limits: Limits, _ channel: any Channel
  ) async throws(Problem) -> [UInt8] {
    do {
      return try await withinTime(limits.requestTime) { () async throws(Problem) in
        try await collect(body, limits, channel)
      }
    } catch {
      guard error.code == .timedOut else { throw error }
      channel.close(mode: .input, promise: nil)
      throw Problem(.slowRequest, "The body did not come within \(limits.requestTime).")
    }
  }

  private static func collect(
    _ body: RequestBody, _ limits: Limits, _ channel: any Channel
  ) async throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var count = 0
    do {
      for try await part in body {
        count += part.readableBytes
        if count <= limits.bodyBytes { bytes.append(contentsOf: part.readableBytesView) }
        if count > limits.bodyBytes * patience {
          channel.close(mode: .input, promise: nil)
          break
        }
      }
    } catch {
      throw Problem(.malformedRequest, "The body ended early or is not framed as HTTP asks.")
    }
    if count > limits.bodyBytes { throw tooLarge("more than \(limits.bodyBytes)", limits) }
    return bytes
  }

  private static func checkType(_ field: String?) throws(Problem) {
    let type = field?.prefix { $0 != ";" && $0 != " " }.lowercased() ?? ""
    guard type == "application/json" else {
      let found = type.isEmpty ? "no Content-Type" : "Content-Type \(type.prefix(100))"
      throw Problem(
        .unsupportedMediaType, "The body came with \(found); send application/json.", parameter: "Content-Type")
    }
  }

  private static func tooLarge(_ count: String, _ limits: Limits) -> Problem {
    Problem(.tooLarge, "The body has \(count) bytes; at most \(limits.bodyBytes) are read.")
  }
}
