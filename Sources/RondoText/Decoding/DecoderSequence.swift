/// Applies decoders one after another.
public struct DecoderSequence: TokenDecoder {
  /// The decoders.
  public let decoders: [any TokenDecoder]

  /// Creates a sequence.
  public init(_ decoders: [any TokenDecoder]) { self.decoders = decoders }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream {
    Stream(streams: decoders.map { $0.makeStream() })
  }

  private struct Stream: TokenDecodingStream {
    var streams: [any TokenDecodingStream]

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      pass([token], from: 0)
    }

    mutating func finish() -> [DecodedToken] {
      var output: [DecodedToken] = []
      for index in streams.indices {
        output += pass(streams[index].finish(), from: index + 1)
      }
      return output
    }

    private mutating func pass(_ tokens: [DecodedToken], from first: Int) -> [DecodedToken] {
      var tokens = tokens
      for index in streams.indices.dropFirst(first) {
        tokens = tokens.flatMap { streams[index].decode($0) }
      }
      return tokens
    }
  }
}
