/// The whole protocol of the feed: each line is a patch of a tree.
extension JSONValue {
  /// Elements that a jump of indexes may add; more is not timing data.
  private static let longestJump = 10_000

  /// Takes a patch in. Objects are merged key by key, `_deleted` names keys to remove, `_kf` says nothing; an object
  /// over an array patches its elements by index; everything else replaces what was there.
  mutating func merge(_ patch: JSONValue) {
    guard case .object(let changes) = patch else {
      self = patch
      return
    }
    switch self {
    case .object(var members):
      self = .null
      JSONValue.apply(changes, to: &members)
      self = .object(members)
    case .array(var elements):
      self = .null
      JSONValue.apply(changes, to: &elements)
      self = .array(elements)
    default:
      var members: [String: JSONValue] = [:]
      JSONValue.apply(changes, to: &members)
      self = .object(members)
    }
  }

  private static func apply(_ changes: [String: JSONValue], to members: inout [String: JSONValue]) {
    for (key, change) in changes where key != "_kf" && key != "_deleted" {
      members[key, default: .null].merge(change)
    }
    guard case .array(let deleted) = changes["_deleted"] else { return }
    for key in deleted.compactMap(\.string) { members[key] = nil }
  }

  private static func apply(_ changes: [String: JSONValue], to elements: inout [JSONValue]) {
    let inOrder = changes.compactMap { key, value in Int(key).map { ($0, value) } }.sorted { $0.0 < $1.0 }
    for (index, change) in inOrder where index >= 0 && index < elements.count + longestJump {
      while elements.count <= index { elements.append(.null) }
      elements[index].merge(change)
    }
  }
}
