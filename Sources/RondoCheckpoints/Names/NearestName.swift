extension String {
  /// Returns the name at the smallest edit distance, or `nil` when none is similar.
  ///
  /// - Parameter names: The candidates; the first of equally similar ones is returned.
  /// - Returns: A name that differs in at most a third of its length, or `nil`.
  package func nearest(among names: some Sequence<String>) -> String? {
    let letters = Array(utf8)
    var best: (name: String, distance: Int)?
    for name in names {
      let limit = Swift.min(
        best?.distance ?? .max, Swift.max(letters.count, name.utf8.count) / 3 + 1)
      guard abs(letters.count - name.utf8.count) < limit else { continue }
      let distance = Self.editDistance(letters, Array(name.utf8))
      if distance < limit { best = (name, distance) }
    }
    return best?.name
  }

  /// Returns the number of insertions, deletions and replacements between two texts.
  private static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = Swift.min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[second.count]
  }
}
