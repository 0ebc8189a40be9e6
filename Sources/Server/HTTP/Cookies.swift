import HTTPTypes

/// The cookies of a request.
struct Cookies {
  private let pairs: [(name: Substring, value: Substring)]

  /// Those we set to sign a browser in.
  enum Name: String {
    case access = "blame_access"
    case refresh = "blame_refresh"
  }

  init(_ headers: HTTPFields) {
    pairs = headers[values: .cookie].flatMap { field in
      field.split(separator: ";").compactMap { part -> (Substring, Substring)? in
        let halves = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return halves.count == 2 ? (halves[0], halves[1]) : nil
      }
    }
  }

  /// The value of a cookie; nil when the request has none.
  subscript(name: Name) -> Substring? { pairs.first { $0.name == name.rawValue }?.value }

  /// The browser is, or was, signed in.
  var areOfSession: Bool { self[.access] != nil || self[.refresh] != nil }
}

extension Answer {
  /// Sets a cookie that no script can read; without a value, deletes it.
  mutating func setCookie(_ name: Cookies.Name, _ value: String?, seconds: Int, isSecure: Bool) {
    let place = name == .access ? "Path=/; SameSite=Lax" : "Path=/api/v1/auth; SameSite=Strict"
    let text =
      "\(name.rawValue)=\(value ?? ""); Max-Age=\(value == nil ? 0 : seconds); \(place); HttpOnly"
      + (isSecure ? "; Secure" : "")
    headers.append(HTTPField(name: .setCookie, value: text))
  }
}
