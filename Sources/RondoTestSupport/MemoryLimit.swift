#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#endif

/// Ends the process as soon as it holds this much more memory than now; only Linux can.
///
/// - Parameter count: The bytes that it may take.
public func limitMemory(to count: Int) {
  #if os(Linux)
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let held = status.split(separator: "\n").first { $0.hasPrefix("VmData:") }
    .flatMap { Int($0.split(whereSeparator: \.isWhitespace)[1]) }
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
  limit.rlim_cur = rlim_t((held ?? 0) << 10 + count)
  setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
  #endif
}
