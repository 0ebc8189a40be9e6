/// Why a request was refused, as problem details (RFC 9457).
package struct Problem: Error, Sendable {
  /// What went wrong; decides the status.
  package var code: ProblemCode
  /// What was wrong this time, with which value, and what to do.
  package var detail: String
  /// The place in the JSON body (RFC 6901), such as `/stops/2/lap`.
  package var pointer: String?
  /// The query parameter, header or part of the path that was wrong.
  package var parameter: String?
  /// Seconds after which another try makes sense.
  package var retryAfterSeconds: Int?
  /// Methods that would work, for ``ProblemCode/methodNotAllowed``.
  package var allow: String?
  /// Further members, in order.
  package var extras: [Extra] = []

  /// A further member.
  package struct Extra: Sendable {
    /// Its name.
    let name: StaticString
    /// Its value.
    let value: Value

    enum Value: Sendable {
      case number(Int64)
      case text(String)
      case texts([String])
    }
  }

  /// A problem with a sentence about this case.
  package init(
    _ code: ProblemCode, _ detail: String, pointer: String? = nil, parameter: String? = nil,
    retryAfterSeconds: Int? = nil, extras: [Extra] = []
  ) {
    self.code = code
    self.detail = detail
    self.pointer = pointer
    self.parameter = parameter
    self.retryAfterSeconds = retryAfterSeconds
    self.extras = extras
  }

  /// The JSON document.
  /// - Parameter members: further members, behind those of every problem.
  func json(_ members: (inout JSONWriter) -> Void = { _ in }) -> JSONWriter {
    var json = JSONWriter(capacity: 256)
    json.object { json in
      json.field("type", "urn:blame:problem:\(code.rawValue)")
      json.field("title", code.title)
      json.field("status", code.status)
      json.field("code", code.rawValue)
      json.field("detail", detail)
      if let pointer { json.field("pointer", pointer) }
      if let parameter { json.field("parameter", parameter) }
      if let retryAfterSeconds { json.field("retryAfterSeconds", retryAfterSeconds) }
      for extra in extras { extra.write(to: &json) }
      members(&json)
    }
    return json
  }
}

extension Problem.Extra {
  static func number(_ name: StaticString, _ value: some BinaryInteger) -> Self {
    Self(name: name, value: .number(Int64(value)))
  }

  static func text(_ name: StaticString, _ value: String) -> Self { Self(name: name, value: .text(value)) }

  static func texts(_ name: StaticString, _ values: [String]) -> Self { Self(name: name, value: .texts(values)) }

  fileprivate func write(to json: inout JSONWriter) {
    switch value {
    case .number(let number): json.field(name, number)
    case .text(let text): json.field(name, text)
    case .texts(let texts): json.array(name, texts) { $0.value($1) }
    }
  }
}
