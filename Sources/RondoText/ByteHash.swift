/// Hashing and comparing runs of bytes, eight at a time.
enum ByteHash {
  /// Multiplies to 128 bits and folds the halves together.
  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// Loads eight bytes, the first in the lowest place.
  @inline(__always)
  static func load(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
  }

  /// Loads up to eight bytes, the first in the lowest place, without reading past them.
  @inline(__always)
  static func load(_ pointer: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    if count >= 4 {
      let high = loadHalf(pointer + count - 4) &<< UInt64(8 &* (count &- 4))
      return loadHalf(pointer) | high
    }
    if count == 0 { return 0 }
    // Of less than four bytes, these are the first, the last, and the one between.
    let (middle, last) = (count &>> 1, count &- 1)
    return UInt64(pointer[0]) | UInt64(pointer[middle]) &<< UInt64(8 &* middle)
      | UInt64(pointer[last]) &<< UInt64(8 &* last)
  }

  @inline(__always)
  private static func loadHalf(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(UInt32(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self)))
  }

  /// Returns a hash of the bytes; reads none past their end.
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = bytes.baseAddress else { return hash }
    var i = 0
    while i &+ 8 <= bytes.count {
      hash = mix(hash ^ load(base + i), 0xE703_7ED1_A0B4_28DB)
      i &+= 8
    }
    if i < bytes.count {
      hash = mix(hash ^ load(base + i, count: bytes.count &- i), 0xA076_1D64_78BD_642F)
    }
    return hash
  }

  /// Whether two runs hold the same bytes.
  @inline(__always)
  static func areEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count, let p = a.baseAddress, let q = b.baseAddress else {
      return a.count == b.count
    }
    var i = 0
    while i &+ 8 <= a.count {
      if load(p + i) != load(q + i) { return false }
      i &+= 8
    }
    while i < a.count {
      if p[i] != q[i] { return false }
      i &+= 1
    }
    return true
  }
}
