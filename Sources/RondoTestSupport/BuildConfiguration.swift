#if DEBUG
/// Whether the tests are optimized; those that take long run only then.
public let isOptimized = false
#else
/// Whether the tests are optimized; those that take long run only then.
public let isOptimized = true
#endif
