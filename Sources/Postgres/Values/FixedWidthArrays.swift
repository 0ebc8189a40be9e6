extension Int32 {
  /// Writes header and elements in one pass.
  public static func encode(array: Span<Int32>, into bytes: inout PostgresBytes) {
    encodeFixed(array, stride: 8, of: .int4, into: &bytes) { value, cell in
      cell.storeBigEndian(UInt64(4) << 32 | UInt64(UInt32(bitPattern: value)))
    }
  }
}

extension Int64 {
  /// Writes header and elements in one pass.
  public static func encode(array: Span<Int64>, into bytes: inout PostgresBytes) {
    encodeFixed(array, stride: 12, of: .int8, into: &bytes) { value, cell in
      cell.storeBigEndian(8 as Int32)
      (cell + 4).storeBigEndian(value)
    }
  }
}

extension PostgresTimestamp {
  /// Writes header and elements in one pass.
  public static func encode(array: Span<PostgresTimestamp>, into bytes: inout PostgresBytes) {
    encodeFixed(array, stride: 12, of: .timestamptz, into: &bytes) { value, cell in
      cell.storeBigEndian(8 as Int32)
      (cell + 4).storeBigEndian(value.serverMicroseconds)
    }
  }
}

extension PostgresUUID {
  /// Writes header and elements in one pass.
  public static func encode(array: Span<PostgresUUID>, into bytes: inout PostgresBytes) {
    encodeFixed(array, stride: 20, of: .uuid, into: &bytes) { value, cell in
      cell.storeBigEndian(16 as Int32)
      (cell + 4).storeBigEndian(value.high)
      (cell + 12).storeBigEndian(value.low)
    }
  }
}

extension UnsafeMutableRawPointer {
  @inline(__always)
  func storeBigEndian<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer) {
    storeBytes(of: value.bigEndian, as: Integer.self)
  }
}

/// An array whose elements take `stride` bytes each, length included.
@inline(__always)
private func encodeFixed<Element>(
  _ array: Span<Element>, stride: Int, of type: PostgresType, into bytes: inout PostgresBytes,
  _ write: (Element, UnsafeMutableRawPointer) -> Void
) {
  guard !array.isEmpty else { return ArrayFormat.emptyHeader(of: type, into: &bytes) }
  ArrayFormat.header(count: array.count, of: type, hasNulls: false, into: &bytes)
  bytes.appendRaw(array.count * stride) { raw in
    guard var cell = raw.baseAddress else { return }
    for index in array.indices {
      write(array[index], cell)
      cell += stride
    }
  }
}
