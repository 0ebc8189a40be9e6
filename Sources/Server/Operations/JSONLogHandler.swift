import Events
import Foundation
public import Logging

/// Log messages as JSON lines: one object a message, for programs that collect them.
public struct JSONLogHandler: LogHandler {
  /// What every message of this logger carries.
  public var metadata: Logger.Metadata = [:]
  /// The least severe level that is written.
  public var logLevel = Logger.Level.info
  private let label: String
  private let write: @Sendable ([UInt8]) -> Void

  /// Writes lines, each with its newline, by `write`.
  public init(label: String, write: @escaping @Sendable ([UInt8]) -> Void) {
    self.label = label
    self.write = write
  }

  private static var now: String {
    Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)).text
  }

  /// A member of what every message carries.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes one message.
  public func log(event: LogEvent) {
    var json = JSONWriter(capacity: 256)
    json.object { json in
      json.field("time", Self.now)
      json.field("level", event.level.rawValue)
      json.field("logger", label)
      json.field("message", "\(event.message)")
      let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
      for (key, value) in all.sorted(by: { $0.key < $1.key }) { json.member(key, value) }
    }
    write(json.bytes + [UInt8(ascii: "\n")])
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: String, _ value: Logger.Metadata.Value) {
    switch value {
    case .dictionary(let members):
      object(named: key) { json in
        for (key, value) in members.sorted(by: { $0.key < $1.key }) { json.member(key, value) }
      }
    case .string, .stringConvertible, .array: text(named: key, "\(value)")
    }
  }
}
