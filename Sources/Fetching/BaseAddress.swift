import FoundationEssentials

/// Where a source answers: `https://api.openf1.org/v1`, without a slash at the end.
public struct BaseAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address as text.
  public let description: String
  /// Scheme, host and port: requests to one origin share its pace.
  let origin: String
  /// The host's name or address, without brackets.
  let host: String
  /// 443 and 80 where the address names none.
  let port: Int
  /// What is said to it is encrypted.
  let isSecure: Bool
  /// The path, empty or with a slash before it and none behind it.
  let path: String

  /// The address in the text; nil when it is no plain `http` or `https` address. User names, queries and fragments are
  /// refused: an address appears in messages, and secrets must not.
  public init?(_ text: String) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = url.host(), !host.isEmpty, url.user() == nil, url.password() == nil, url.query() == nil,
      url.fragment() == nil
    else { return nil }
    description = String(text.reversed().drop { $0 == "/" }.reversed())
    self.host = host
    isSecure = scheme == "https"
    port = url.port ?? (isSecure ? 443 : 80)
    path = String(url.path().reversed().drop { $0 == "/" }.reversed())
    origin = "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
  }

  /// The address of something below.
  func adding(_ path: String) -> String { "\(description)/\(path)" }
}
