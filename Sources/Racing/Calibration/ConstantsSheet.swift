import Foundation

/// The constants as the JSON object they are published in, with numbers put in by their path.
struct ConstantsSheet {
  private var root: [String: Any]

  /// The object in that text.
  /// - Throws: `ModelError.malformedConstants` when it is none.
  init(_ text: String) throws(ModelError) {
    let object: Any
    do { object = try JSONSerialization.jsonObject(with: Data(text.utf8)) } catch {
      throw .malformedConstants(reason: "\(error)")
    }
    guard let root = object as? [String: Any] else { throw .malformedConstants(reason: "the constants are no object") }
    self.root = root
  }

  /// What stands at the end of a path of keys and places in lists.
  subscript(path: [String]) -> Any? {
    get { path.reduce(root as Any?) { Self.element($0, $1) } }
    set { root = Self.replacing(root, at: path[...], with: newValue) as? [String: Any] ?? root }
  }

  /// A number, whichever way it is spelled.
  func number(_ path: [String]) -> Double? {
    switch self[path] {
    case let text as String: Double(text)
    case let number as NSNumber: number.doubleValue
    default: nil
    }
  }

  /// The text: sorted keys, so that equal constants give equal bytes.
  func text() throws(ModelError) -> String {
    do {
      let data = try JSONSerialization.data(
        withJSONObject: root, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self) + "\n"
    } catch {
      throw .malformedConstants(reason: "\(error)")
    }
  }

  /// The constants, with the hash of their text.
  func constants() throws(ModelError) -> ModelConstants { try ModelConstants(json: text()) }

  private static func element(_ value: Any?, _ key: String) -> Any? {
    if let list = value as? [Any] { return Int(key).flatMap { list.indices.contains($0) ? list[$0] : nil } }
    return (value as? [String: Any])?[key]
  }

  private static func replacing(_ value: Any?, at path: ArraySlice<String>, with new: Any?) -> Any? {
    guard let key = path.first else { return new }
    let inner = replacing(element(value, key), at: path.dropFirst(), with: new)
    if var list = value as? [Any], let place = Int(key), list.indices.contains(place), let inner {
      list[place] = inner
      return list
    }
    var object = value as? [String: Any] ?? [:]
    object[key] = inner
    return object
  }
}

/// A decimal number as the constants spell it: digits, a point, and as many places.
func decimal(_ value: Double, places: Int) -> String {
  let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
  let whole = Int64((value * scale).rounded(.toNearestOrAwayFromZero))
  let digits = String(whole.magnitude % UInt64(scale))
  let sign = whole < 0 ? "-" : ""
  guard places > 0 else { return "\(sign)\(whole.magnitude)" }
  return "\(sign)\(whole.magnitude / UInt64(scale))." + String(repeating: "0", count: places - digits.count) + digits
}
