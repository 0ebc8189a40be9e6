import ArgumentParser

/// How results are printed.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Print one JSON document for programs instead of text for people.")
  var json = false

  @Flag(name: .long, help: "No progress on standard error.")
  var quiet = false

  /// A progress bar for a piece of work, drawn only where somebody looks at it.
  func progress(_ title: String, total: Int?) -> ProgressBar {
    ProgressBar(title: title, total: total, isShown: !quiet)
  }
}
