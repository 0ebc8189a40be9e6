extension DataWriter {
  mutating func field(_ name: StaticString, _ value: some FixedWidthInteger) {
    key(name)
    integer(value)
  }

  mutating func field(_ name: StaticString, _ value: (some FixedWidthInteger)?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  mutating func field(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  mutating func field(_ name: StaticString, _ value: some DataWord) {
    key(name)
    quoted(value.dataWord)
  }

  mutating func field(_ name: StaticString, _ value: (some DataWord)?) {
    key(name)
    if let value { quoted(value.dataWord) } else { null() }
  }

  mutating func field(_ name: StaticString, _ value: (some Identifier)?) {
    key(name)
    if let value { identifier(value) } else { null() }
  }
}
