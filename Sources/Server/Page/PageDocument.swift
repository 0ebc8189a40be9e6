/// What is filled into `index.html`. No results: a title or a preview must not spoil a race.
struct PageDocument {
  /// Colours of the page.
  enum Theme: String {
    case system, dark, light
  }

  let title: String
  let theme: Theme
  /// The first JSON of the page, which the browser then loads beside the script.
  let first: String?

  private static let description = """
    Where every second of a race went, what could have been called better, and your turn on the pit wall. Every number \
    is an estimate with its error, from a log that nobody can change.
    """

  /// The document with every place filled. O(n).
  func fill(_ document: String) -> String {
    let preload = first.map {
      "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"\(HomePage.escaped($0))\">\n"
    }
    return
      document
      .replacing("%THEME%", with: theme.rawValue)
      .replacing("%TITLE%", with: HomePage.escaped(title))
      .replacing("%DESCRIPTION%", with: HomePage.escaped(Self.description))
      .replacing("%PRELOAD%", with: preload ?? "")
  }
}
