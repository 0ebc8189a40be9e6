import Events
import HTTPTypes
import NIOCore
import Racing

extension Api {
  /// The page at the root: what is there and how to begin. One document, nothing loaded from anywhere.
  func home(_ call: Call) -> Answer {
    let page = HomePage(races: library.summaries, position: live.position.rawValue)
    var answer = Answer(type: .html, caching: .revalidate, body: ByteBuffer(string: page.html))
    answer.headers[.contentSecurityPolicy] = HomePage.policy
    answer.headers[.referrerPolicy] = "same-origin"
    return answer
  }
}

/// The plain page.
struct HomePage {
  let races: [RaceSummary]
  let position: Int64

  /// Only the page's own style sheet is allowed, by its hash.
  static let policy = """
    default-src 'none'; style-src 'sha256-\(ContentHash.base64(style))'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'
    """

  var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark light">
    <title>BlameEngine</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <main>
    <h1>Who lost the race?</h1>
    <p>BlameEngine replays Formula 1 races with your strategy instead of theirs, scores every decision, and keeps each
    one in a log that nobody can change. The log stands at event \(position).</p>
    <h2 id="races">Races</h2>
    \(races.isEmpty ? Self.noRaces : table)
    <h2>The page</h2>
    <p>The page with its charts and the simulator is not built yet. Build it with <code>script/setup</code> (Debian) or with
    <code>npm install &amp;&amp; npm run build</code> in <code>web/</code>, and start the server again.</p>
    <h2>Play</h2>
    <p>In a terminal, lap by lap or with a whole plan:</p>
    <pre tabindex="0"><code>\(Self.escaped(play))</code></pre>
    <h2>Ask</h2>
    <ul>
    <li><a href="/api/v1/races">Races as JSON</a></li>
    <li><a href="/api/v1/leaderboard">Leaderboard</a></li>
    <li><a href="/api/v1">Everything that can be asked</a></li>
    <li><a href="/health">Health</a> and <a href="/metrics">metrics</a></li>
    </ul>
    </main>
    </body>
    </html>

    """
  }

  private static let noRaces = """
    <p>There is no race yet. Make one with <code>blame sample</code>, or read one with <code>blame import</code>.</p>
    """

  private var table: String {
    let rows = races.map { race in
      let name = Self.escaped(race.name)
      let base = "\(race.key.season)/\(PercentCoding.encode(race.slug))"
      let windows = "/api/v1/optimal/\(PercentCoding.encode(race.circuit))/\(race.key.season)"
      return """
        <tr><td>\(race.key.season)</td><th scope="row"><a href="/api/v1/races/\(base)">\(name)</a>\
        \(race.isSynthetic ? " <strong>(synthetic)</strong>" : "")</th><td>\(race.lapCount)</td>\
        <td>\(race.drivers.count)</td><td><a href="\(windows)">Pit windows<span class="quiet"> of \(name)</span></a></td></tr>
        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-labelledby="races">
      <table>
      <caption>What is loaded, without results</caption>
      <thead><tr><th scope="col">Season</th><th scope="col">Grand Prix</th><th scope="col">Laps</th>
      <th scope="col">Drivers</th><th scope="col">Crowd</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private var play: String {
    let race = races.first { !$0.isSynthetic } ?? races.first
    let name = race.map { "\($0.key.season)/\($0.slug)" } ?? "2023/monaco"
    let driver = race?.drivers.first?.code.description ?? "VER"
    return """
      blame simulate \(name.replacing("/", with: " ")) \(driver)
      curl -s -X POST http://127.0.0.1:8080/api/v1/auth/guest
      curl -s -X POST http://127.0.0.1:8080/api/v1/simulate \\
        -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
        -d '{"race": "\(name)", "driver": "\(driver)"}'
      """
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
