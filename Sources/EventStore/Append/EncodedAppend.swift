internal import Events
internal import Postgres

/// One command's events in the form in which the database takes them, made in the task of whoever sends the command.
struct EncodedAppend: Sendable {
  /// Consecutive events on one stream.
  struct Run: Sendable {
    var stream: StreamID
    var count: Int32
    /// What the stream's version must be before the command, as `log.append` writes it; nil for any.
    var expected: Int32?
  }

  let append: Append
  private(set) var runs: [Run] = []
  /// Expectations about streams that the command does not write.
  private(set) var others: [(stream: StreamID, expected: Int32)] = []
  /// Elements of the arrays of type names and of data, in binary format.
  private(set) var types: [UInt8] = []
  private(set) var data: [UInt8] = []

  var eventCount: Int { append.events.count }

  init(_ append: Append) {
    precondition(!append.events.isEmpty, "a command appends at least one event")
    self.append = append
    types.reserveCapacity(append.events.count * 24)
    data.reserveCapacity(append.events.count * 160)
    for event in append.events { add(event) }
    for expectation in append.expectations { add(expectation) }
  }

  private mutating func add(_ new: Append.NewEvent) {
    if let last = runs.indices.last, runs[last].stream == new.stream {
      runs[last].count += 1
    } else {
      runs.append(Run(stream: new.stream, count: 1, expected: nil))
    }
    let name = new.event.type.staticName
    types.append(bigEndian: Int32(name.utf8CodeUnitCount))
    types.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    let start = data.count
    data.append(bigEndian: 0 as Int32)
    new.event.appendData(to: &data)
    data.patch(bigEndian: Int32(data.count - start - 4), at: start)
  }

  private mutating func add(_ expectation: Append.Expectation) {
    guard let expected = expectation.version.number else { return }
    if let run = runs.firstIndex(where: { $0.stream == expectation.stream }) {
      runs[run].expected = expected
    } else {
      others.append((expectation.stream, expected))
    }
  }
}

extension ExpectedVersion {
  /// As `log.append` writes it; nil for any.
  var number: Int32? {
    switch self {
    case .any: nil
    case .none: 0
    case .exists: -1
    case .exactly(let version): version.rawValue
    }
  }
}

extension [UInt8] {
  mutating func append(bigEndian value: Int32) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  mutating func patch(bigEndian value: Int32, at offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self) }
  }
}
