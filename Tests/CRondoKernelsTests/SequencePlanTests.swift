import CRondoKernels
import Testing

extension KernelTests {
  @Suite struct SequencePlanTests {
    /// The parts of a plan: where steps begin, the order of the rows, where packed rows lie.
    func plan(lengths: [Int64]?, batch: Int, steps: Int, isReversed: Bool = false)
      -> (first: [Int64], order: [Int64], position: [Int64])
    {
      var plan = [Int64](repeating: -1, count: Int(rondo_plan_size(Int64(batch), Int64(steps))))
      rondo_make_plan(Int64(batch), Int64(steps), lengths, isReversed, &plan)
      let count = Int(rondo_plan_row_count(Int64(steps), plan))
      let start = steps + 1 + batch
      return (
        Array(plan[...steps]), Array(plan[(steps + 1)..<start]),
        Array(plan[start..<(start + count)])
      )
    }

    @Test("Longer rows come first, and each step takes the rows that are left")
    func longRowsFirst() {
      // Rows a b c, e f g h i, j k of a batch with five steps.
      let plan = plan(lengths: [3, 5, 2], batch: 3, steps: 5)
      #expect(plan.order == [1, 0, 2])
      #expect(plan.first == [0, 3, 6, 8, 9, 10])
      #expect(plan.position == [5, 0, 10, 6, 1, 11, 7, 2, 8, 9])
    }

    @Test("A reversed plan takes each row from its own end")
    func reversedWithinLength() {
      let plan = plan(lengths: [3, 5, 2], batch: 3, steps: 5, isReversed: true)
      #expect(plan.position == [9, 2, 11, 8, 1, 10, 7, 0, 6, 5])
    }

    @Test("Rows of one length keep their order, and empty rows take no step")
    func tiesAndEmptyRows() {
      let plan = plan(lengths: [0, 2, 0, 2], batch: 4, steps: 3)
      #expect(plan.order == [1, 3, 0, 2])
      #expect(plan.first == [0, 2, 4, 4])
      #expect(plan.position == [3, 9, 4, 10])
    }

    @Test("Without lengths every row has every step")
    func withoutLengths() {
      let plan = plan(lengths: nil, batch: 2, steps: 2)
      #expect(plan.order == [0, 1])
      #expect(plan.position == [0, 2, 1, 3])
    }
  }
}
