/// What a body must look like. A web page, or the half of an answer, is never taken for data.
public struct Expectation: Sendable {
  /// Bytes that are taken.
  let limitBytes: Int
  /// What is wrong with a body; nil when nothing is.
  let objection: @Sendable ([UInt8]) -> String?

  /// Bodies of at most that many bytes that `objection` has nothing against.
  init(limitBytes: Int, objection: @escaping @Sendable ([UInt8]) -> String?) {
    self.limitBytes = limitBytes
    self.objection = objection
  }

  /// Lines that begin with a time: `00:00:01.234{…}`.
  static let stream = Expectation(limitBytes: 64 << 20) { bytes in
    let head = bytes.withoutMark
    if let page = head.page { return page }
    guard let first = head.first else { return "the body is empty" }
    return (48...57).contains(first) ? nil : "the body is no stream of timing messages: it begins with '\(head.shown)'"
  }

  /// One JSON document.
  /// - Parameter objection: what else may be wrong with it.
  static func json(
    limitBytes: Int = 16 << 20, objection: @escaping @Sendable ([UInt8]) -> String? = { _ in nil }
  ) -> Expectation {
    Expectation(limitBytes: limitBytes) { bytes in
      let text = bytes.withoutMark
      if let page = text.page { return page }
      guard let first = text.first, let last = text.last(where: { $0 > 0x20 }) else { return "the body is empty" }
      let pair = (first, last)
      guard pair == (UInt8(ascii: "{"), UInt8(ascii: "}")) || pair == (UInt8(ascii: "["), UInt8(ascii: "]")) else {
        return "the body is no whole JSON document: it begins with '\(text.shown)'"
      }
      return objection(bytes)
    }
  }
}

extension [UInt8] {
  /// Without a byte order mark and blanks at the beginning.
  fileprivate var withoutMark: ArraySlice<UInt8> {
    dropFirst(starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0).drop { $0 <= 0x20 }
  }
}

extension ArraySlice<UInt8> {
  /// The objection to a web page; nil where it is none.
  fileprivate var page: String? {
    first == UInt8(ascii: "<") ? "the server answered with a web page instead of data" : nil
  }

  /// The beginning, fit for a message.
  fileprivate var shown: String {
    String(decoding: prefix(24).map { (0x20..<0x7f).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
