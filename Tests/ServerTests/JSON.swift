import Foundation

/// JSON read by Foundation: an oracle independent of the server's own writer and reader.
struct JSON: Sendable, CustomStringConvertible {
  private let data: Data

  init(_ answer: HTTPClient.Answer) { data = Data(answer.body) }
  init(bytes: [UInt8]) { data = Data(bytes) }

  var object: [String: Any] {
    (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }

  subscript(path: String...) -> Any? {
    var value: Any? = object
    for key in path {
      if let index = Int(key) {
        let array = value as? [Any]
        value = array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      } else {
        value = (value as? [String: Any])?[key]
      }
    }
    return value is NSNull ? nil : value
  }

  func text(_ key: String) -> String? { self[key] as? String }
  func number(_ key: String) -> Int? { (self[key] as? NSNumber)?.intValue }
  func array(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }

  var description: String { String(decoding: data, as: UTF8.self) }
}
