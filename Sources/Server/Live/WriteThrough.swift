struct WriteThrough: Sendable {
  init(_ parts: ServerParts) {}
  func run() async {}
  func changed() {}
  func finish() async {}
}
