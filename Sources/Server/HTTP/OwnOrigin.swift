import FoundationEssentials
import HTTPTypes

/// Which pages are ours. A browser sends its cookies along when another site's page asks; what such a page asks for
/// must not be done.
struct OwnOrigin: Sendable {
  private let url: PublicURL?

  /// - Parameter url: where browsers find us; without it, where they say they do.
  init(_ url: PublicURL?) { self.url = url }

  /// Cookies are sent over TLS only.
  var isSecure: Bool { url?.isSecure == true }

  /// Whether a browser says that our own page asks. Neither field can be set by a page.
  func isNamed(in headers: HTTPFields, host: String?) -> Bool {
    if headers[.secFetchSite] == "same-origin" { return true }
    guard let origin = headers[.origin] else { return false }
    if let url, origin == url.origin { return true }
    guard let host, !host.isEmpty else { return false }
    return origin == "http://\(host)" || origin == "https://\(host)"
  }
}

/// Where browsers find the server, such as `https://blame.example`.
public struct PublicURL: Sendable, Equatable {
  /// Scheme, host and port, as browsers write them.
  public let origin: String
  /// Whether it is https.
  public var isSecure: Bool { origin.hasPrefix("https://") }

  /// The address; nil unless it is `http` or `https` and a host, with a port or without.
  public init?(_ text: String) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = url.host()?.lowercased(), !host.isEmpty, url.user() == nil, url.query() == nil,
      url.path().isEmpty || url.path() == "/"
    else { return nil }
    let isUsual = url.port == nil || url.port == (scheme == "https" ? 443 : 80)
    origin = "\(scheme)://\(host)\(isUsual ? "" : ":\(url.port ?? 0)")"
  }
}

extension Problem {
  static let foreignOrigin = Problem(
    .foreignOrigin,
    "A browser's cookies came along, and the request is not from our own page: its Origin is not this server's.")
}

extension HTTPField.Name {
  fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
