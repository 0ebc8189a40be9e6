import Foundation

/// Connection strings as they may be shown: everything but their secrets.
enum ConnectionSecrets {
  private static let mark = "…"
  private static let secrets: Set<String> = [
    "password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret",
  ]

  /// The string with passwords replaced, in both forms that libpq knows.
  static func hidden(_ text: String) -> String {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") ? hiddenURL(text) : hiddenWords(text)
  }

  private static func hiddenURL(_ text: String) -> String {
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var address = String(halves[0])
    if let scheme = address.range(of: "://") {
      let rest = address[scheme.upperBound...]
      let authority = rest.prefix { $0 != "/" }
      // The last @ ends the user's part, whatever a password that was not encoded holds before it.
      let end = authority.contains("@") ? authority.lastIndex(of: "@") : rest.lastIndex(of: "@")
      if let end, let colon = rest[..<end].firstIndex(of: ":") {
        address.replaceSubrange(rest.index(after: colon)..<end, with: mark)
      }
    }
    guard halves.count == 2 else { return address }
    let parameters = halves[1].split(separator: "&").map { part in
      let name = part.prefix { $0 != "=" }
      return secrets.contains(name.lowercased()) ? "\(name)=\(mark)" : String(part)
    }
    return address + "?" + parameters.joined(separator: "&")
  }

  /// `name = 'value with \' in it'` and `name=value`, separated by spaces.
  private static func hiddenWords(_ text: String) -> String {
    var shown: [String] = []
    var rest = text[...]
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.isEmpty { return shown.joined(separator: " ") }
      let name = rest.prefix { $0 != "=" && !$0.isWhitespace }
      rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
      guard rest.first == "=" else {
        // Not a connection string: nothing of it is safe to show.
        return mark
      }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      let value = takeValue(&rest)
      shown.append("\(name)=\(secrets.contains(name.lowercased()) ? mark : String(value))")
    }
  }

  private static func takeValue(_ rest: inout Substring) -> Substring {
    let start = rest
    let isQuoted = rest.first == "'"
    if isQuoted { rest = rest.dropFirst() }
    while let character = rest.first, isQuoted ? character != "'" : !character.isWhitespace {
      rest = rest.dropFirst(character == "\\" ? 2 : 1)
    }
    if isQuoted { rest = rest.dropFirst() }
    return start[..<rest.startIndex]
  }
}
