import HTTPTypes

/// What a browser may do with an answer, said in every one: nothing, unless the answer itself says more.
enum SecurityHeaders {
  private static let contentSecurity = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  private static let fields: [(name: HTTPField.Name, value: String)] = [
    (.xContentTypeOptions, "nosniff"), (.contentSecurityPolicy, contentSecurity), (.referrerPolicy, "no-referrer"),
    (.crossOriginResourcePolicy, "same-origin"),
  ]

  /// Adds the fields that are not there yet.
  static func complete(_ headers: inout HTTPFields) {
    for (name, value) in fields where headers[name] == nil { headers[name] = value }
  }
}

extension HTTPField.Name {
  fileprivate static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
