import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Server

/// The page in the browser, from a folder that was built.
struct PageTests {
  private static let html: HTTPFields = [.accept: "text/html,*/*;q=0.8"]

  /// A small built page in a folder of its own.
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID())")
    try FileManager.default.createDirectory(at: folder.appending(path: "assets"), withIntermediateDirectories: true)
    let document = """
      <html data-theme="%THEME%"><title>%TITLE%</title><meta content="%DESCRIPTION%">%PRELOAD%<script src="/assets/main-A1.js">
      """
    let routes = """
      [{"page": "start", "path": "/", "title": "Start", "first": "/api/v1/races"},
       {"page": "story", "path": "/story/:year/:gp", "title": "A <story>", "first": "/api/v1/story/:year/:gp"},
       {"page": "run", "path": "/run/:id", "title": "A run"}]
      """
    let files = [
      "index.html": document, "routes.json": routes, "assets/main-A1.js": "let a = 1", "assets/main-A1.js.gz": "packed",
      "favicon.svg": "<svg/>", "secret.key": "never",
    ]
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return folder
  }

  private static func withPage(_ body: (Page) throws -> Void) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(try Page(directory: folder.path))
  }

  private static func field(_ name: String, _ headers: HTTPFields) -> String? {
    HTTPField.Name(name).flatMap { headers[$0] }
  }

  private static func text(_ answer: Answer?) -> String { answer.map { String(buffer: $0.body) } ?? "" }

  @Test func `routes give the document, filled, and the rest is left to the API`() throws {
    try Self.withPage { page in
      let start = try #require(page.answer(method: "GET", target: "/?a=b", headers: [:]))
      #expect(start.status == 200 && start.headers[.contentType] == "text/html; charset=utf-8")
      #expect(start.headers[.cacheControl] == "no-cache")
      let text = Self.text(start)
      #expect(text.contains("<title>Start · BlameEngine</title>") && text.contains("data-theme=\"system\""))
      #expect(text.contains("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/api/v1/races\">"))
      #expect(!text.contains("%"))
      for target in ["/api", "/api/v1/races", "/api/v1/nowhere"] {
        #expect(page.answer(method: "GET", target: target[...], headers: Self.html) == nil, "\(target)")
      }
      #expect(page.answer(method: "POST", target: "/", headers: Self.html) == nil)
      for target in ["/health", "/metrics", "/ready", "/ping"] {
        #expect(page.answer(method: "GET", target: target[...], headers: Self.html) == nil, "\(target)")
      }
    }
  }

  @Test func `parameters of the path are in the address of the first JSON, and harmless`() throws {
    try Self.withPage { page in
      let story = Self.text(page.answer(method: "GET", target: "/story/2023/s%C3%A3o", headers: [:]))
      #expect(story.contains("href=\"/api/v1/story/2023/s%C3%A3o\""))
      #expect(story.contains("<title>A &lt;story&gt; · BlameEngine</title>"))
      let hostile = Self.text(page.answer(method: "GET", target: "/story/\"><script>/x", headers: [:]))
      #expect(hostile.contains("&quot;&gt;&lt;script&gt;") && !hostile.contains("\"><script>"))
      #expect(!Self.text(page.answer(method: "GET", target: "/run/1", headers: [:])).contains("preload"))
    }
  }

  @Test func `an unknown path is the page for people and nothing for programs`() throws {
    try Self.withPage { page in
      for target in [
        "/nowhere", "/story/2023", "/run/%E0%A4%A", "/assets", "/secret.key", "/index.html", "/routes.json",
      ] {
        let answer = page.answer(method: "GET", target: target[...], headers: Self.html)
        #expect(answer?.status == 404 && Self.text(answer).contains("Not found · BlameEngine"), "\(target)")
        #expect(page.answer(method: "GET", target: target[...], headers: [.accept: "application/json"]) == nil)
      }
    }
  }

  @Test func `assets are for ever and come compressed to those who take it`() throws {
    try Self.withPage { page in
      let plain = try #require(page.answer(method: "GET", target: "/assets/main-A1.js", headers: [:]))
      #expect(plain.headers[.cacheControl] == "public, max-age=31536000, immutable")
      #expect(plain.headers[.contentType] == "text/javascript; charset=utf-8" && Self.text(plain) == "let a = 1")
      #expect(plain.headers[.contentEncoding] == nil && plain.headers[.vary] == "Accept-Encoding")
      let gzip = try #require(
        page.answer(method: "GET", target: "/assets/main-A1.js", headers: [.acceptEncoding: "br, gzip"]))
      #expect(gzip.headers[.contentEncoding] == "gzip" && Self.text(gzip) == "packed")
      let tag = try #require(plain.headers[.eTag])
      let known = page.answer(method: "GET", target: "/assets/main-A1.js", headers: [.ifNoneMatch: tag])
      #expect(known?.status == 304 && Self.text(known).isEmpty)
      let icon = page.answer(method: "GET", target: "/favicon.svg", headers: [:])
      #expect(icon?.headers[.cacheControl] == "public, max-age=3600" && icon?.headers[.vary] == nil)
    }
  }

  @Test(arguments: [
    "/assets/main-OLD.js", "/assets/../index.html", "/assets/%2e%2e/routes.json", "/assets/main-A1.js.gz",
  ])
  func `what is not among the assets is no page`(_ target: String) throws {
    try Self.withPage { page in
      let answer = page.answer(method: "GET", target: target[...], headers: Self.html)
      #expect(answer?.status == 404 && answer?.headers[.contentType] == "application/problem+json")
    }
  }

  @Test(arguments: [
    ("theme=dark", "dark"), ("a=b; theme=light; c=d", "light"), ("theme=\"><b>", "system"), ("", "system"),
  ])
  func `the theme is that of the cookie`(_ cookie: String, _ theme: String) throws {
    try Self.withPage { page in
      let answer = page.answer(method: "GET", target: "/", headers: [.cookie: cookie])
      #expect(Self.text(answer).contains("data-theme=\"\(theme)\""))
    }
  }

  @Test func `everything has the policy, and it allows nothing from elsewhere and nothing inline`() throws {
    try Self.withPage { page in
      for target in ["/", "/nowhere", "/assets/main-A1.js", "/favicon.svg"] {
        let headers = try #require(page.answer(method: "GET", target: target[...], headers: Self.html)).headers
        let policy = Self.field("Content-Security-Policy", headers) ?? ""
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"))
        #expect(!policy.contains("http") && policy.contains("trusted-types 'none'"))
        #expect(Self.field("X-Content-Type-Options", headers) == "nosniff")
        #expect(Self.field("Referrer-Policy", headers) == "same-origin")
      }
    }
  }

  @Test func `a folder without a page says what is missing`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("routes.json", "[{}]"), ("routes.json", "{"), ("routes.json", nil), ("index.html", nil)] {
      let file = folder.appending(path: name)
      if let text { try Data(text.utf8).write(to: file) } else { try FileManager.default.removeItem(at: file) }
      let failure = #expect(throws: PageFiles.Failure.self) { try Page(directory: folder.path) }
      #expect(failure?.description.contains(name) == true, "\(name) \(text ?? "gone")")
    }
  }

  @Test func `a server with a page serves it beside the API, and one without says how to build it`() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = try await TestServer.start { $0.webDirectory = folder.path }
    let page = try await server.http.get("/")
    #expect(page.status == 200 && page.text.contains("Start · BlameEngine"))
    let head = try await server.http.send("HEAD", "/")
    #expect(head.body.isEmpty && head["Content-Length"] == "\(page.body.count)")
    let tag = try #require(page["ETag"])
    #expect(try await server.http.get("/", headers: ["If-None-Match": tag]).status == 304)
    #expect(try await server.http.get("/api/v1/races").status == 200)
    #expect(try await server.http.get("/health").status == 200)
    #expect(try await server.http.get("/nowhere", headers: ["Accept": "text/html"]).text.contains("Not found"))
    #expect(try await server.http.send("DELETE", "/").status == 405)
    try await server.stop()
    let bare = try await TestServer.start { $0.webDirectory = "/nowhere/dist" }
    let plain = try await bare.http.get("/")
    #expect(plain.status == 200 && plain.text.contains("script/setup") && plain.text.contains("npm run build"))
    #expect(try await bare.http.get("/run/1", headers: ["Accept": "text/html"]).status == 404)
    try await bare.stop()
  }
}
