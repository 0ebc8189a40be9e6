import CLibpq

/// The hosts that a connection string names, so that connecting can begin with any of them.
struct HostList {
  /// `host`, `hostaddr` and `port`, as far as they are named, one value a host.
  private let lists: [(word: String, values: [Substring])]
  /// How many hosts there are; 1 where the string names none or cannot be understood, which is left to libpq.
  let count: Int

  /// The hosts of a connection string or URI.
  init(_ connectionString: String) {
    var lists: [(word: String, values: [Substring])] = []
    if let options = PQconninfoParse(connectionString, nil) {
      defer { PQconninfoFree(options) }
      var option = options
      while let word = option.pointee.keyword.map({ String(cString: $0) }) {
        if ["host", "hostaddr", "port"].contains(word), let value = option.pointee.val {
          lists.append((word, String(cString: value).split(separator: ",", omittingEmptySubsequences: false)))
        }
        option += 1
      }
    }
    count = max(1, lists.filter { $0.word != "port" }.map(\.values.count).max() ?? 1)
    let count = count
    // One port may stand for all hosts.
    self.lists = lists.filter { $0.values.count == count }
  }

  /// The words that begin with a host and go on around; none for the first, where the string is right as it is.
  func words(beginningWith first: Int) -> [(String, String)] {
    guard first > 0 else { return [] }
    return lists.map { list in
      (list.word, (list.values[first...] + list.values[..<first]).joined(separator: ","))
    }
  }
}
