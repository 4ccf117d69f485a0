import CCatalogue

/// The files that are linked into the program: the only place that sees them as C data.
enum CatalogueFiles {
    /// The bytes of `index.json` or `services/NAME.json`; `nil` when there is no such file.
    static func read(_ name: String) -> [UInt8]? {
        // The table ends with an entry without a name, so every step up to it stays inside.
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let entry = file(middle)
            guard let text = entry.name, let start = entry.start, let end = entry.end else { return nil }
            let found = String(cString: text)
            if found == name { return Array(UnsafeBufferPointer(start: start, count: end - start)) }
            if found.utf8.lexicographicallyPrecedes(name.utf8) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private static let count: Int = {
        var number = 0
        while file(number).name != nil { number += 1 }
        return number
    }()

    /// The entry at `index`, which must not be past the closing one; entries live as long as the program.
    private static func file(_ index: Int) -> catalogue_file { catalogue_file_at(index).pointee }
}
