import Testing

/// Where the run of script/test begins: Swift Testing finds its tests by itself.
@main struct TestRun {
  static func main() async { await Testing.__swiftPMEntryPoint() as Never }
}
