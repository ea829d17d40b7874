import Foundation
import Turns

/// Where the files of this benchmark are.
enum Places {
  /// The other libraries' side.
  static let peer = Package.folder.appending(path: "Peers/tokenizer_peer.py")
  /// What makes texts and vocabularies.
  static let materials = Package.folder.appending(path: "Peers/tokenizer_materials.py")
  /// Where those are kept.
  static let folder = Package.folder.appending(path: ".build/tokenizers")
  /// Text that lies beside the repository on some machines.
  static let text = Package.root.deletingLastPathComponent().appending(path: "shared/data")
}
