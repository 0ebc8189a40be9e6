import Testing

@testable import Server

/// The answer is a problem with that code, in every place where it stands.
func refuses(_ answer: HTTPClient.Answer, _ code: ProblemCode, at location: SourceLocation = #_sourceLocation) {
  let problem = JSON(answer)
  #expect(answer.status == code.status, "\(answer.text)", sourceLocation: location)
  #expect(answer["Content-Type"] == "application/problem+json", sourceLocation: location)
  #expect(problem.text("code") == code.rawValue, "\(answer.text)", sourceLocation: location)
  #expect(problem.number("status") == answer.status, sourceLocation: location)
}
