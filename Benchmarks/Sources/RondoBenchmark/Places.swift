import Turns

/// Where the files of this benchmark are.
enum Places {
  /// PyTorch's side.
  static let peer = Package.folder.appending(path: "Peers/pytorch_peer.py")
}
