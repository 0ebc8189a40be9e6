import Crypto
import FoundationEssentials

extension HomePage {
  /// The style sheet of the page, for dark and light.
  static let style = """
    :root{--bg:#101216;--pane:#181b21;--fg:#f2f4f7;--mut:#a9b2c0;--line:#363c47;--link:#5ab0ff}
    @media (prefers-color-scheme:light){:root{--bg:#f6f7f9;--pane:#fff;--fg:#14171c;--mut:#535c69;--line:#cfd5de;--link:#1457b8}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.55 system-ui,sans-serif}
    main{max-width:56rem;margin:0 auto;padding:2rem 1rem 4rem}
    h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
    h2{font-size:1.25rem;margin:2rem 0 .5rem}
    a{color:var(--link);display:inline-block;min-height:1.5rem}
    a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    .scroll,pre{overflow-x:auto;background:var(--pane);border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem}
    table{border-collapse:collapse;width:100%}
    caption{text-align:left;color:var(--mut);padding:.25rem 0}
    th,td{text-align:left;padding:.375rem .75rem .375rem 0;border-top:1px solid var(--line);vertical-align:top}
    thead th{border-top:0;color:var(--mut);font-weight:600}
    td{font-variant-numeric:tabular-nums}
    .quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .scroll{position:relative}
    """
}

/// Hashes in a content security policy.
enum ContentHash {
  /// SHA-256 of some text in base64.
  static func base64(_ text: String) -> String {
    Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString()
  }
}
