extension [UInt8] {
  /// Returns the bytes with each occurrence of some bytes, which are not empty, replaced.
  func replacing(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
    guard let first = old.first, contains(first) else { return self }
    var result: [UInt8] = []
    var position = 0
    StepCounter.add(count)
    while position < count {
      if self[position] == first, self[position...].starts(with: old) {
        result += new
        position += old.count
      } else {
        result.append(self[position])
        position += 1
      }
    }
    return result
  }
}
