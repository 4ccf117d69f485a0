/// What it takes to get a row's document before a write from the one after it: the bytes between what both begin and end
/// with. Exact to the byte, small where little changed, never larger than the old document.
struct DocumentDelta: Equatable {
    /// Bytes shared at the beginning and at the end.
    var prefix: Int
    var suffix: Int
    /// The old bytes between them, whole characters.
    var middle: [UInt8]

    init(prefix: Int, suffix: Int, middle: [UInt8]) {
        self.prefix = prefix
        self.suffix = suffix
        self.middle = middle
    }

    init(old: [UInt8], new: [UInt8]) {
        let limit = min(old.count, new.count)
        var prefix = 0
        while prefix < limit, old[prefix] == new[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < limit - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] { suffix += 1 }
        // Text columns hold whole characters: a cut inside one moves out of it.
        while prefix > 0, Self.isInside(old, prefix) { prefix -= 1 }
        while suffix > 0, Self.isInside(old, old.count - suffix) { suffix -= 1 }
        self.init(prefix: prefix, suffix: suffix, middle: Array(old[prefix..<old.count - suffix]))
    }

    /// The document before; `nil` when `new` is not the one after.
    func old(from new: [UInt8]) -> [UInt8]? {
        guard prefix + suffix <= new.count else { return nil }
        return Array(new[..<prefix]) + middle + Array(new[(new.count - suffix)...])
    }

    private static func isInside(_ text: [UInt8], _ index: Int) -> Bool {
        index < text.count && text[index] & 0xC0 == 0x80
    }
}
