import HTTPTypes
import NIOCore
import Synchronization

/// Answers that are encoded once and served as bytes until what they say changes.
///
/// The position an answer was read at stands in front of the cached part, so that it is true each time and nothing has
/// to be encoded again because something else happened in the log.
final class AnswerCache: Sendable {
  /// What an answer says, without the position: members of a JSON object, with no comma at either end.
  struct Content: Sendable {
    let members: [UInt8]
    let caching: Answer.Caching
    let tag: String
    let link: String?

    init(members: [UInt8], caching: Answer.Caching, link: String? = nil) {
      self.members = members
      self.caching = caching
      self.link = link
      tag = ETag.of(members)
    }
  }

  /// Until when an encoded answer holds: as long as a number that the projections give stays the same.
  private struct Entry {
    let stamp: UInt64
    let content: Content
  }

  /// How often an answer was there.
  let measure = CacheMeasure()
  private let entries = Mutex<[String: Entry]>([:])
  private let capacity: Int

  /// Keeps at most `capacity` answers; when it is full it is emptied.
  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The content kept under a key, if it was encoded at that stamp. O(1).
  func content(_ key: String, stamp: UInt64) -> Content? {
    let found: Content? = entries.withLock { entries in
      guard let entry = entries[key], entry.stamp == stamp else { return nil }
      return entry.content
    }
    return measure.count(found)
  }

  func keep(_ content: Content, _ key: String, stamp: UInt64) {
    entries.withLock { entries in
      if entries.count >= capacity, entries[key] == nil { entries.removeAll(keepingCapacity: true) }
      entries[key] = Entry(stamp: stamp, content: content)
    }
  }

  /// The answer with some content: the position, the model version, then the content; 304 when the client has it.
  func answer(of content: Content, _ call: Call, position: Int64, model: String) -> Answer {
    if ETag.matches(content.tag, call.headers) {
      var answer = Answer(status: 304, type: .json, caching: content.caching, body: ByteBuffer())
      answer.headers[.contentType] = nil
      answer.headers[.eTag] = content.tag
      return answer
    }
    var body = ByteBuffer()
    body.reserveCapacity(content.members.count + model.utf8.count + 48)
    body.writeStaticString("{\"position\":")
    body.writeString(String(position))
    body.writeStaticString(",\"model\":\"")
    body.writeString(model)
    body.writeStaticString("\"")
    if !content.members.isEmpty { body.writeStaticString(",") }
    body.writeBytes(content.members)
    body.writeStaticString("}")
    var answer = Answer(type: .json, caching: content.caching, body: body)
    answer.headers[.eTag] = content.tag
    if let link = content.link { answer.headers[.link] = link }
    return answer
  }

  /// A document that is not JSON, with its validator.
  func plain(_ bytes: [UInt8], type: Answer.MediaType, _ call: Call, name: String) -> Answer {
    let tag = ETag.of(bytes)
    let isKnown = ETag.matches(tag, call.headers)
    var answer = Answer(
      status: isKnown ? 304 : 200, type: type, caching: .revalidate,
      body: isKnown ? ByteBuffer() : ByteBuffer(bytes: bytes))
    answer.headers[.eTag] = tag
    answer.headers[.contentDisposition] = "inline; filename=\"\(name)\""
    return answer
  }
}
