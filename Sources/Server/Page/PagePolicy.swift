import HTTPTypes

/// What a browser may do with the page: nothing but load from here.
enum PagePolicy {
  private static let contentSecurity = """
    default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; font-src 'self'; \
    manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'
    """

  /// Adds the header fields.
  static func apply(to headers: inout HTTPFields) {
    headers[.contentSecurityPolicy] = contentSecurity
    headers[.referrerPolicy] = "same-origin"
    headers[.crossOriginOpenerPolicy] = "same-origin"
    headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=()"
  }
}

extension HTTPField.Name {
  fileprivate static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
  fileprivate static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
}
