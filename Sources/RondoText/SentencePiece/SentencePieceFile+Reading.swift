extension SentencePieceFile {
  /// Reads a model file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` if the file cannot be read or is damaged.
  public init(contentsOf path: String) throws(RondoTextError) {
    try self.init(bytes: try TextFile.read(path), file: path)
  }

  /// Reads the bytes of a model file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if the file is damaged.
  public init(bytes: [UInt8], file: String) throws(RondoTextError) {
    self.init()
    self = try bytes.withUnsafeBufferPointer { bytes throws(RondoTextError) in
      try Self.read(bytes, file: file)
    }
    try check(file: file)
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String
  ) throws(RondoTextError) -> SentencePieceFile {
    var result = SentencePieceFile()
    result.pieces.reserveCapacity(try pieceCount(in: bytes, file: file))
    var byteCount = 0
    var reader = ProtobufReader(bytes, in: 0..<bytes.count, file: file)
    while let field = try reader.next() {
      switch field.number {
      case 1:
        let piece = try piece(reader.message(field))
        byteCount += piece.bytes.count
        guard byteCount <= byteLimit else {
          throw reader.damaged(
            at: field.position, "all pieces together have more than \(byteLimit) bytes")
        }
        result.pieces.append(piece)
      case 2: try result.readTrainerSettings(reader.message(field))
      case 3: try result.readNormalizerSettings(reader.message(field))
      case 5: try result.readDenormalizerSettings(reader.message(field))
      default: break
      }
    }
    return result
  }

  /// The maximum number of pieces in a file, whose descriptions stay in memory.
  static let pieceLimit = 5 << 16
  /// The maximum number of bytes of all pieces together.
  private static let byteLimit = 1 << 22
  /// The maximum number of bytes of a normalization map.
  private static let mapLimit = 1 << 22

  private static func pieceCount(
    in bytes: UnsafeBufferPointer<UInt8>, file: String
  ) throws(RondoTextError) -> Int {
    var count = 0
    var reader = ProtobufReader(bytes, in: 0..<bytes.count, file: file)
    while let field = try reader.next() {
      if field.number == 1 { count += 1 }
      guard count <= pieceLimit else {
        throw reader.damaged(at: field.position, "there are more than \(pieceLimit) pieces")
      }
    }
    return count
  }

  private static func piece(_ reader: ProtobufReader) throws(RondoTextError) -> Piece {
    var reader = reader
    var piece = Piece([])
    while let field = try reader.next() {
      switch field.number {
      case 1: piece.bytes = try reader.bytes(field)
      case 2:
        piece.score = try reader.float(field)
        guard piece.score.isFinite else {
          throw reader.damaged(at: field.position, "a score is \(piece.score)")
        }
      case 3: piece.kind = try choice(Kind.self, field, reader)
      default: break
      }
    }
    return piece
  }

  private static func choice<Choice: RawRepresentable<Int>>(
    _ type: Choice.Type, _ field: ProtobufReader.Field, _ reader: ProtobufReader
  ) throws(RondoTextError) -> Choice {
    let number = try reader.number(field)
    guard let choice = Int(exactly: number).flatMap(type.init(rawValue:)) else {
      throw reader.damaged(at: field.position, "there is no choice \(number)")
    }
    return choice
  }

  private mutating func readTrainerSettings(
    _ reader: ProtobufReader
  ) throws(RondoTextError) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 3: algorithm = try Self.choice(Algorithm.self, field, reader)
      case 24: isSpaceSuffix = try reader.truth(field)
      case 35: hasByteFallback = try reader.truth(field)
      case 44: unknownSurface = try reader.bytes(field)
      case 46: startPiece = String(decoding: try reader.bytes(field), as: UTF8.self)
      case 47: endPiece = String(decoding: try reader.bytes(field), as: UTF8.self)
      case 48: paddingPiece = String(decoding: try reader.bytes(field), as: UTF8.self)
      default: break
      }
    }
  }

  private mutating func readNormalizerSettings(
    _ reader: ProtobufReader
  ) throws(RondoTextError) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: normalizationName = String(decoding: try reader.bytes(field), as: UTF8.self)
      case 2: precompiledMap = try reader.bytes(field, atMost: Self.mapLimit)
      case 3: addsSpace = try reader.truth(field)
      case 4: removesExtraSpaces = try reader.truth(field)
      case 5: escapesSpaces = try reader.truth(field)
      default: break
      }
    }
  }

  private mutating func readDenormalizerSettings(
    _ reader: ProtobufReader
  ) throws(RondoTextError) {
    var reader = reader
    while let field = try reader.next() {
      if field.number == 2 { hasDenormalizer = try !reader.range(field).isEmpty }
    }
  }

  /// Throws if more pieces are requested than a file may contain.
  ///
  /// - Parameter vocabularySize: The requested number of pieces.
  /// - Throws: ``RondoTextError`` if there are too many.
  static func check(vocabularySize: Int) throws(RondoTextError) {
    guard vocabularySize <= pieceLimit else {
      throw .untrainable(
        reason: "a vocabulary of \(vocabularySize) pieces was asked for, and the most is "
          + "\(pieceLimit)")
    }
  }

  /// The pieces as tokens.
  ///
  /// - Parameter file: The name of the file in error messages.
  /// - Returns: A vocabulary.
  /// - Throws: ``RondoTextError`` if two pieces are the same.
  func vocabulary(file: String) throws(RondoTextError) -> Vocabulary {
    var builder = VocabularyBuilder()
    for (id, piece) in pieces.enumerated() {
      piece.bytes.withUnsafeBufferPointer { builder.append($0, id: id) }
    }
    return try builder.build(ofPiecesIn: file)
  }

  /// Checks what SentencePiece checks when it loads a model.
  func check(file: String) throws(RondoTextError) {
    func damaged(_ place: String, _ problem: String) -> RondoTextError {
      .damaged(file: file, place: place, problem: problem)
    }
    if pieces.isEmpty { throw damaged("the pieces", "there are none") }
    guard pieces.count <= Self.pieceLimit else {
      throw damaged("the pieces", "there are more than \(Self.pieceLimit)")
    }
    var unknownCount = 0
    var byteFound = [Bool](repeating: false, count: 256)
    for (id, piece) in pieces.enumerated() {
      if piece.bytes.isEmpty { throw damaged("piece \(id)", "it is empty") }
      if !piece.score.isFinite { throw damaged("piece \(id)", "its score is \(piece.score)") }
      switch piece.kind {
      case .unknown:
        unknownCount += 1
        if unknownCount > 1 { throw damaged("piece \(id)", "it is a second unknown piece") }
      case .byte:
        guard hasByteFallback else {
          throw damaged("piece \(id)", "it stands for a byte in a model without byte fallback")
        }
        guard let byte = ByteToken.byte(of: piece.bytes) else {
          throw damaged("piece \(id)", "\(RondoTextError.quoted(piece.bytes)) names no byte")
        }
        byteFound[Int(byte)] = true
      case .normal, .control, .userDefined, .unused: break
      }
    }
    if unknownCount == 0 { throw damaged("the pieces", "none stands for unknown text") }
    if hasByteFallback, let missing = byteFound.firstIndex(of: false) {
      throw damaged("the pieces", "the model writes bytes, but none stands for byte \(missing)")
    }
  }
}
