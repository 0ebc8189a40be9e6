internal import Events
internal import Postgres

/// The tree as it grows in memory, and what of it the database does not have yet.
struct Integration: Sendable {
  private(set) var tree: TreeBuilder
  private var filled: [Tile] = []
  private var scratch: [UInt8] = []
  /// The size of the last checkpoint.
  private(set) var signed: Int64

  /// Goes on from a tree that was signed.
  init(_ tree: TreeBuilder) {
    self.tree = tree
    signed = tree.size
  }

  /// Takes consecutive events in.
  mutating func take(_ events: [RecordedEvent]) {
    for event in events where event.position.rawValue == tree.size + 1 {
      tree.append(event.leafHash(using: &scratch)) { filled.append($0) }
    }
  }

  /// There is something to be signed.
  var isDue: Bool { tree.size > signed }

  /// What a checkpoint of the tree as it is now stores: from the last one to this one.
  struct Step: Sendable {
    let from: Int64
    let checkpoint: Checkpoint
    let tiles: [Tile]
  }

  /// The step to what the tree is now.
  func step(origin: String) -> Step {
    Step(from: signed, checkpoint: Checkpoint(origin: origin, size: tree.size, root: tree.root), tiles: filled)
  }

  /// The step was stored.
  mutating func stored(_ step: Step) {
    filled.removeFirst(step.tiles.count)
    signed = step.checkpoint.size
  }
}
