/// Finds the name a person probably meant.
enum NameDistance {
    /// The candidate with the fewest changed letters, upper and lower case being equal; nil when none is near.
    ///
    /// Near is a third of the name's length. A name without its folder (`Berlin`) counts as its last part.
    static func closest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.utf8.map(\.lowercasedASCII))
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let whole = Array(candidate.utf8.map(\.lowercasedASCII))
            let last = Array(whole.suffix(while: { $0 != UInt8(ascii: "/") }))
            let distance = min(
                distance(wanted, whole), wanted.contains(UInt8(ascii: "/")) ? .max : distance(wanted, last))
            guard distance <= max(1, wanted.count / 3) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// The number of letters to insert, delete or replace to turn one name into the other (Levenshtein).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (i, left) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in second.enumerated() {
                let replaced = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}

extension Array {
    /// The longest run at the end of which every element fits.
    fileprivate func suffix(while fits: (Element) -> Bool) -> ArraySlice<Element> {
        var start = endIndex
        while start > startIndex, fits(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
