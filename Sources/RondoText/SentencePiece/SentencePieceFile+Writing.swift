extension SentencePieceFile {
  /// The bytes of the model file.
  public var bytes: [UInt8] {
    var writer = ProtobufWriter()
    for piece in pieces {
      var message = ProtobufWriter()
      message.write(1, piece.bytes)
      message.write(2, piece.score)
      if piece.kind != .normal { message.write(3, piece.kind.rawValue) }
      writer.write(1, message.bytes)
    }
    writer.write(2, trainerSettings)
    writer.write(3, normalizerSettings)
    return writer.bytes
  }

  /// Writes the model file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` if it cannot be written.
  public func write(to path: String) throws(RondoTextError) {
    try TextFile.write(bytes, to: path)
  }

  private var trainerSettings: [UInt8] {
    var writer = ProtobufWriter()
    func id(_ matches: (Piece) -> Bool) -> Int { pieces.firstIndex(where: matches) ?? -1 }
    func controlID(_ text: String) -> Int {
      id { $0.kind == .control && $0.bytes == Array(text.utf8) }
    }
    writer.write(3, algorithm.rawValue)
    writer.write(4, pieces.count)
    if isSpaceSuffix { writer.write(24, true) }
    for piece in pieces where piece.kind == .userDefined { writer.write(31, piece.bytes) }
    if hasByteFallback { writer.write(35, true) }
    writer.write(40, id { $0.kind == .unknown })
    writer.write(41, controlID(startPiece))
    writer.write(42, controlID(endPiece))
    writer.write(43, controlID(paddingPiece))
    writer.write(44, unknownSurface)
    if let unknown = pieces.first(where: { $0.kind == .unknown }) {
      writer.write(45, unknown.bytes)
    }
    writer.write(46, startPiece.utf8)
    writer.write(47, endPiece.utf8)
    writer.write(48, paddingPiece.utf8)
    return writer.bytes
  }

  private var normalizerSettings: [UInt8] {
    var writer = ProtobufWriter()
    writer.write(1, normalizationName.utf8)
    writer.write(2, precompiledMap)
    writer.write(3, addsSpace)
    writer.write(4, removesExtraSpaces)
    writer.write(5, escapesSpaces)
    return writer.bytes
  }
}
