import HTTPTypes
import NIOCore

extension Api {
  /// The interface for programs.
  func openAPI(_ call: Call) -> Answer {
    Self.document(OpenAPIDocument.bytes, .json, tag: Self.openAPITag, call)
  }

  /// The interface for people.
  func reference(_ call: Call) -> Answer {
    var answer = Self.document(Self.referenceBytes, .html, tag: Self.referenceTag, call)
    answer.headers[.contentSecurityPolicy] = ReferencePage.policy
    answer.headers[.referrerPolicy] = "same-origin"
    return answer
  }

  private static let openAPITag = ETag.of(OpenAPIDocument.bytes)
  private static let referenceBytes = Array(ReferencePage.html.utf8)
  private static let referenceTag = ETag.of(referenceBytes)

  private static func document(_ bytes: [UInt8], _ type: Answer.MediaType, tag: String, _ call: Call) -> Answer {
    let isKnown = ETag.matches(tag, call.headers)
    var answer = Answer(
      status: isKnown ? 304 : 200, type: type, caching: .revalidate,
      body: isKnown ? ByteBuffer() : ByteBuffer(bytes: bytes))
    answer.headers[.eTag] = tag
    return answer
  }
}
