extension HeldOutStints {
  /// Several lists as one.
  init(joining parts: [HeldOutStints]) {
    self.init([])
    for part in parts { add(part) }
  }
}
