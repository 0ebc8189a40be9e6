import HTTPTypes
import NIOCore

/// The page in the browser: its files, and its document at every address that the page knows.
struct Page: Sendable {
  private let files: PageFiles
  private let routes: PageRoutes

  /// The page that was built into a folder.
  init(directory: String) throws(PageFiles.Failure) {
    files = try PageFiles(directory: directory)
    routes = try PageRoutes(files.routes)
  }

  /// What is at a path; nil where the API is asked instead. O(routes).
  func answer(method: String, target: Substring, headers: HTTPFields) -> Answer? {
    guard method == "GET" || method == "HEAD" else { return nil }
    let path = target.prefix { $0 != "?" }
    guard path != "/api", !path.hasPrefix("/api/") else { return nil }
    if let file = files.files[String(path)] { return self.file(file, path, headers) }
    if path.hasPrefix("/assets/") { return Self.nothing(path) }
    if let (route, first) = routes.match(path) {
      return document(status: 200, title: route.title, first: first, headers)
    }
    guard headers[.accept]?.contains("text/html") == true, !Self.isOperations(path) else { return nil }
    return document(status: 404, title: "Not found", first: nil, headers)
  }

  private static func isOperations(_ path: Substring) -> Bool {
    Endpoint.routes.contains { $0.path == path && $0.path != "/" }
  }

  private func file(_ file: PageFiles.File, _ path: Substring, _ headers: HTTPFields) -> Answer {
    let isAsset = path.hasPrefix("/assets/")
    let takesGzip = headers[.acceptEncoding]?.contains("gzip") == true
    let gzip = takesGzip ? file.gzip : nil
    let isKnown = ETag.matches(file.tag, headers)
    var answer = Answer(
      status: isKnown ? 304 : 200, type: .text, body: isKnown ? ByteBuffer() : ByteBuffer(bytes: gzip ?? file.bytes))
    answer.headers[.contentType] = file.type
    // The name of an asset holds the hash of what is in it, so it never changes.
    answer.headers[.cacheControl] = isAsset ? "public, max-age=31536000, immutable" : "public, max-age=3600"
    answer.headers[.eTag] = file.tag
    if file.gzip != nil { answer.headers[.vary] = "Accept-Encoding" }
    if gzip != nil, !isKnown { answer.headers[.contentEncoding] = "gzip" }
    PagePolicy.apply(to: &answer.headers)
    return answer
  }

  private static func nothing(_ path: Substring) -> Answer {
    Answer(Problem(.notFound, "There is nothing at \(path.prefix(200)): the page was built anew; load it again."))
  }

  private func document(status: Int, title: String, first: String?, _ headers: HTTPFields) -> Answer {
    let html = PageDocument(
      title: "\(title) · BlameEngine", theme: Self.theme(headers), first: status == 200 ? first : nil
    ).fill(files.document)
    let bytes = Array(html.utf8)
    let tag = ETag.of(bytes)
    let isKnown = status == 200 && ETag.matches(tag, headers)
    var answer = Answer(
      status: isKnown ? 304 : status, type: .html, caching: .revalidate,
      body: isKnown ? ByteBuffer() : ByteBuffer(bytes: bytes))
    answer.headers[.eTag] = tag
    answer.headers[.vary] = "Cookie"
    PagePolicy.apply(to: &answer.headers)
    return answer
  }

  /// The theme that the reader chose, so that the first frame has it.
  private static func theme(_ headers: HTTPFields) -> PageDocument.Theme {
    for part in (headers[.cookie] ?? "").split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      if pair.count == 2, pair[0] == "theme", let theme = PageDocument.Theme(rawValue: pair[1]) { return theme }
    }
    return .system
  }
}
