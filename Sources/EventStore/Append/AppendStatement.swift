internal import Events
internal import Postgres

/// The call of `log.append` for a batch.
enum AppendStatement {
  static let statement = Statement(
    "log-append",
    """
    SELECT recorded_at, last, bases, actor_bases, outcomes, repeat_firsts, repeat_counts, repeat_answers,
           refused_streams, refused_found
      FROM log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    """)

  /// The arrays of a batch.
  /// - Parameter isFlushedLater: the server may release its lock before the commit is on disk.
  /// - Complexity: O(bytes).
  static func parameters(of commands: [EncodedAppend], isFlushedLater: Bool) -> Parameters {
    var batch = BatchArrays()
    for command in commands { batch.add(command) }
    return batch.parameters(isFlushedLater)
  }
}

private struct BatchArrays {
  private var commands: [PostgresUUID] = []
  private var actors: [PostgresUUID?] = []
  private var answers = ArrayParameter(of: .bytea)
  private var starts: [Int32] = []
  private var runCommands: [Int32] = []
  private var runStreams: [PostgresUUID] = []
  private var runStarts: [Int32] = []
  private var runExpected: [Int32?] = []
  private var types = ElementBytes(elementType: 25)
  private var data = ElementBytes(elementType: 114)
  private var otherCommands: [Int32] = []
  private var otherStreams: [PostgresUUID] = []
  private var otherExpected: [Int32] = []
  private var next: Int32 = 1

  mutating func add(_ command: EncodedAppend) {
    commands.append(PostgresUUID(command.append.command))
    actors.append(command.append.actor.map { PostgresUUID($0) })
    answers.append(command.append.answer.span.bytes)
    starts.append(next)
    let number = Int32(commands.count)
    for run in command.runs {
      runCommands.append(number)
      runStreams.append(PostgresUUID(run.stream))
      runStarts.append(next)
      runExpected.append(run.expected)
      next += run.count
    }
    for other in command.others {
      otherCommands.append(number)
      otherStreams.append(PostgresUUID(other.stream))
      otherExpected.append(other.expected)
    }
    types.append(command.types, count: command.eventCount)
    data.append(command.data, count: command.eventCount)
  }

  func parameters(_ isFlushedLater: Bool) -> Parameters {
    var parameters = Parameters()
    parameters.append(commands)
    parameters.append(actors)
    parameters.append(answers)
    parameters.append(starts)
    parameters.append(runCommands)
    parameters.append(runStreams)
    parameters.append(runStarts)
    parameters.append(runExpected)
    parameters.append(encoded: types.bytes.span.bytes, as: .textArray)
    parameters.append(encoded: data.bytes.span.bytes, as: .jsonArray)
    parameters.append(otherCommands)
    parameters.append(otherStreams)
    parameters.append(otherExpected)
    parameters.append(isFlushedLater)
    return parameters
  }
}

/// An array in binary format, put together from elements that are encoded already.
private struct ElementBytes {
  private(set) var bytes: [UInt8] = []
  private var count: Int32 = 0

  /// An empty array of the type with that object id.
  init(elementType: Int32) {
    let isOneDimensional: Int32 = 1
    let hasNulls: Int32 = 0
    let lowerBound: Int32 = 1
    for word in [isOneDimensional, hasNulls, elementType, count, lowerBound] { bytes.append(bigEndian: word) }
  }

  mutating func append(_ elements: [UInt8], count more: Int) {
    bytes.append(contentsOf: elements)
    count += Int32(more)
    bytes.patch(bigEndian: count, at: 12)
  }
}
