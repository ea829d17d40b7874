/// A padded batch as plain arrays, which any thread can prepare.
struct PaddedPairs: Hashable, Sendable {
  let source: PaddedRows<Int>
  let target: PaddedRows<Int>

  init(_ examples: [ParallelExample], frame: FrameIDs) {
    for (number, example) in examples.enumerated() {
      for (ids, padding) in [
        (example.source, frame.sourcePadding), (example.target, frame.padding),
      ] where ids.contains(padding) {
        fatalError(
          "example \(number) of a batch holds the padding identifier \(padding), which no "
            + "real token may have")
      }
    }
    // A batch of empty sources keeps one column of padding, because no network accepts zero steps.
    source = PaddedRows(examples.map(\.source), with: frame.sourcePadding, minimumWidth: 1)
    target = PaddedRows(
      examples.map { [frame.start] + $0.target + [frame.end] }, with: frame.padding)
  }
}
