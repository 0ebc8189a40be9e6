/// A symmetric positive definite matrix, and the solution of equations with it.
///
/// Only the upper triangle is kept, by rows. Sums run in one fixed order, and a multiplier that is exactly zero is
/// skipped: with the lap nodes first, their band keeps the factor sparse.
package struct NormalMatrix: Sendable {
  /// Rows and columns.
  package let size: Int
  private var values: [Double]

  /// A matrix of zeros.
  package init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// An element of the upper triangle: `row <= column`.
  package subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// Adds `weight` times the outer product of a sparse vector with ascending columns. O(non-zeros²).
  mutating func add(columns: ArraySlice<Int>, values entries: ArraySlice<Double>, weight: Double) {
    let size = size
    unsafe values.withUnsafeMutableBufferPointer { matrix in
      for first in columns.indices {
        let scaled = weight * entries[first]
        let row = columns[first] * size
        for second in first..<columns.endIndex {
          unsafe matrix[row + columns[second]] += scaled * entries[second]
        }
      }
    }
  }

  /// Solves the equations by Cholesky's factorisation; the matrix holds the factor afterwards. O(size³) at most.
  /// - Throws: `ModelError.notPositiveDefinite` with the first column without a positive pivot.
  package mutating func solve(_ right: [Double]) throws(ModelError) -> [Double] {
    precondition(right.count == size, "\(right.count) right-hand sides for \(size) equations")
    if let column = factorise() { throw .notPositiveDefinite(column: column) }
    return backSubstitute(forwardSubstitute(right))
  }

  /// Replaces the matrix by its upper factor; the column where that fails, if it does.
  private mutating func factorise() -> Int? {
    let size = size
    return unsafe values.withUnsafeMutableBufferPointer { matrix in
      for pivot in 0..<size {
        let head = pivot * size
        let square = unsafe matrix[head + pivot]
        guard square > 0, square.isFinite else { return pivot }
        let root = square.squareRoot()
        for column in pivot..<size { unsafe matrix[head + column] /= root }
        for row in pivot + 1..<max(size, pivot + 1) {
          let factor = unsafe matrix[head + row]
          guard factor != 0 else { continue }
          let target = row * size
          for column in row..<size {
            unsafe matrix[target + column] -= factor * matrix[head + column]
          }
        }
      }
      return nil
    }
  }

  private func forwardSubstitute(_ right: [Double]) -> [Double] {
    var result = right
    for row in 0..<size {
      result[row] /= self[row, row]
      for column in row + 1..<max(size, row + 1) { result[column] -= self[row, column] * result[row] }
    }
    return result
  }

  private func backSubstitute(_ right: [Double]) -> [Double] {
    var result = right
    for row in (0..<size).reversed() {
      for column in row + 1..<max(size, row + 1) { result[row] -= self[row, column] * result[column] }
      result[row] /= self[row, row]
    }
    return result
  }
}
