import CRondoKernels
import Testing

extension KernelTests {
  @Suite struct MatrixProductTests {
    /// A product of random matrices, each stored by rows or by columns.
    struct Case {
      var rows, columns, depth: Int
      var isATransposed = false
      var isBTransposed = false
      var hasBias = false
      var accumulates = false

      func multiply(
        seed: UInt64, threads: Int,
        by kernel: (
          UnsafePointer<rondo_product>?, UnsafeMutablePointer<Float>?,
          UnsafePointer<rondo_workers>?
        ) -> Void
      ) -> Floats {
        var generator = SplitMix(state: seed)
        let a = Floats(count: rows * depth, using: &generator)
        let b = Floats(count: depth * columns, using: &generator)
        let bias = Floats(count: columns, using: &generator)
        let stride = columns + 3
        let c = Floats(count: rows * stride, using: &generator)
        let scratch = Floats(
          count: Int(rondo_product_scratch(Int64(columns), Int64(depth), Int64(threads))))
        var product = rondo_product(
          row_count: Int64(rows), column_count: Int64(columns), depth: Int64(depth),
          a: rondo_matrix(
            data: a.readable, row_stride: isATransposed ? 1 : Int64(depth),
            column_stride: isATransposed ? Int64(rows) : 1),
          b: rondo_matrix(
            data: b.readable, row_stride: isBTransposed ? 1 : Int64(columns),
            column_stride: isBTransposed ? Int64(depth) : 1),
          bias: hasBias ? bias.readable : nil, c: c.start, c_stride: Int64(stride),
          accumulates: accumulates)
        var workers = makeWorkers(threads)
        kernel(&product, scratch.start, &workers)
        return c
      }
    }

    static let sizes = [
      (1, 1, 1), (1, 17, 5), (2, 16, 16), (5, 31, 0), (6, 64, 33), (7, 65, 400), (13, 130, 3),
      (97, 70, 40), (200, 33, 800), (3, 2100, 20),
    ]

    @Test("A product equals its reference, whatever the sizes and the layout")
    func equalsReference() {
      onEachInstructionSet {
        for (index, size) in Self.sizes.enumerated() {
          for layout in 0..<16 {
            let one = Case(
              rows: size.0, columns: size.1, depth: size.2, isATransposed: layout & 1 != 0,
              isBTransposed: layout & 2 != 0, hasBias: layout & 4 != 0,
              accumulates: layout & 8 != 0)
            let seed = UInt64(index * 16 + layout)
            let found = one.multiply(seed: seed, threads: 2, by: rondo_multiply)
            let expected = one.multiply(seed: seed, threads: 1, by: rondo_multiply_reference)
            expectClose(found, expected, within: 1e-6 * Float(size.2 + 8), "\(one)")
          }
        }
      }
    }

    @Test("The number of threads does not change a bit of a product")
    func threadsDoNotMatter() {
      onEachInstructionSet {
        for layout in 0..<4 {
          let one = Case(
            rows: 190, columns: 150, depth: 500, isATransposed: layout & 1 != 0,
            isBTransposed: layout & 2 != 0)
          let alone = one.multiply(seed: 7, threads: 1, by: rondo_multiply)
          for threads in 2...5 {
            let shared = one.multiply(seed: 7, threads: threads, by: rondo_multiply)
            expectSame(shared, alone, "\(one) on \(threads) threads")
          }
        }
      }
    }

    @Test("A row of a product does not depend on the other rows")
    func rowsAreIndependent() {
      onEachInstructionSet {
        var generator = SplitMix(state: 3)
        let (rows, columns, depth) = (23, 40, 700)
        let a = Floats(count: rows * depth, using: &generator)
        let b = Floats(count: depth * columns, using: &generator)
        let scratch = Floats(count: Int(rondo_product_scratch(Int64(columns), Int64(depth), 1)))
        var workers = makeWorkers(1)
        func multiply(from row: Int, count: Int) -> [Float] {
          let c = Floats(count: count * columns)
          var product = rondo_product(
            row_count: Int64(count), column_count: Int64(columns), depth: Int64(depth),
            a: rondo_matrix(
              data: a.readable + row * depth, row_stride: Int64(depth), column_stride: 1),
            b: rondo_matrix(data: b.readable, row_stride: Int64(columns), column_stride: 1),
            bias: nil, c: c.start, c_stride: Int64(columns), accumulates: false)
          rondo_multiply(&product, scratch.start, &workers)
          return c.values
        }
        let together = multiply(from: 0, count: rows)
        for row in 0..<rows {
          #expect(
            multiply(from: row, count: 1) == Array(together[row * columns..<(row + 1) * columns]))
        }
      }
    }
  }
}
