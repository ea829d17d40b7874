import Foundation
import RondoText
import Synchronization

/// Encodes documents, with a tokenizer that has seen nothing or with one that has seen them.
final class EncodingWork {
  private let path: String
  private let documents: Documents
  private var tokenizer: Tokenizer
  /// What each thread finds.
  private let results: [Results]

  /// The identifiers that one thread finds.
  private final class Results {
    private var ids: [UInt32]

    /// Writes to all of the memory that may be needed, so that no turn is spent on asking for it.
    init(capacity: Int) { ids = Array(repeating: 0, count: capacity) }

    /// Replaces what was found before; the array is the caller's meanwhile, for two objects may
    /// share a cache line.
    func refill(_ body: (inout [UInt32]) -> Void) {
      var found: [UInt32] = []
      swap(&found, &ids)
      found.removeAll(keepingCapacity: true)
      body(&found)
      swap(&found, &ids)
    }
  }

  /// Prepares the work of a job for at most some threads.
  init(_ job: Job, threadCount: Int = 1) throws {
    guard let file = job.file, let text = job.text else {
      throw TokenizerBenchmarkError.incomplete(job.name)
    }
    path = file
    documents = try Documents(text)
    tokenizer = try Self.tokenizer(file)
    // Tables that are made once for all are not part of the first turn.
    _ = tokenizer.encode("Hello, wörld! \u{4E00} 12")
    let capacity = documents.bytes.count
    results = (0..<threadCount).map { _ in Results(capacity: capacity) }
  }

  /// Reads a tokenizer from a file of any kind.
  static func tokenizer(_ path: String) throws -> Tokenizer {
    if path.hasSuffix(".tiktoken") { return try Tokenizer(tiktokenRanks: path, pattern: .cl100k) }
    if path.hasSuffix(".model") { return try Tokenizer(sentencePiece: path) }
    return try Tokenizer(contentsOf: path)
  }

  /// Makes a tokenizer that has seen nothing.
  func forget() throws { tokenizer = try Self.tokenizer(path) }

  /// Encodes all documents into one array.
  func encode() { encode(threadCount: 1) }

  /// Encodes all documents on some threads; each takes the next few as soon as it is free.
  func encode(threadCount: Int) {
    let (tokenizer, ranges) = (tokenizer, documents.ranges)
    nonisolated(unsafe) let results = results
    let next = Atomic(0)
    let blockSize = 8
    documents.bytes.withUnsafeBufferPointer { bytes in
      nonisolated(unsafe) let bytes = bytes
      DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
        results[thread].refill { ids in
          while true {
            let start = next.add(blockSize, ordering: .relaxed).oldValue
            if start >= ranges.count { break }
            for range in ranges[start..<min(start + blockSize, ranges.count)] {
              let document = UnsafeBufferPointer(rebasing: bytes[range])
              tokenizer.withTokens(of: document) { ids.append(contentsOf: $0) }
            }
          }
        }
      }
    }
  }

  /// Returns how many documents another library encodes differently.
  ///
  /// - Parameter path: The identifiers that it found, each document's followed by 2³² − 1.
  /// - Returns: The number of documents that differ.
  /// - Throws: An error of the system if the identifiers cannot be read.
  func differences(from path: String) throws -> Int {
    let data = try Data(contentsOf: URL(filePath: path))
    let expected = data.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
      .split(separator: .max, omittingEmptySubsequences: false)
    let found = documents.bytes.withUnsafeBufferPointer { bytes in
      documents.ranges.map { range in
        tokenizer.withTokens(of: UnsafeBufferPointer(rebasing: bytes[range])) { Array($0) }
      }
    }
    return zip(found, expected).count { $0 != Array($1) } + abs(found.count + 1 - expected.count)
  }
}
