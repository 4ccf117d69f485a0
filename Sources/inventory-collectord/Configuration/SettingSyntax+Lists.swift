import Configuration

extension SettingSyntax<[String]> {
    /// Words separated by white space, each checked by `check`, which points into the word. Words that come again are
    /// kept: in selections the last one counts.
    static func words(
        _ name: String, check: @escaping @Sendable (String) throws(ValueError) -> Void
    ) -> Self {
        SettingSyntax(
            name: name, isList: true,
            read: { text throws(ValueError) in try Self.checkedWords(text, check: check) },
            write: { $0.map(ValueParser.quoted).joined(separator: " ") },
            combine: { $0 + $1 })
    }

    /// Splits `text` and places the error of a word in the whole value.
    static func checkedWords(
        _ text: String, check: (String) throws(ValueError) -> Void
    ) throws(ValueError) -> [String] {
        var texts: [String] = []
        for word in try ValueParser.words(text) {
            if word.text.utf8.count > 1, word.text.hasSuffix(",") {
                throw ValueError(
                    "words are separated by spaces", at: word.offset + word.text.unicodeScalars.count - 1,
                    suggestion: "leave out the comma")
            }
            do throws(ValueError) {
                try check(word.text)
            } catch {
                throw error.shifted(by: word.offset)
            }
            texts.append(word.text)
        }
        return texts
    }

    /// Selection words: `core`, `ec2`, `rds/*`, `!ec2/snapshot`.
    static let types = words("resource types, services and groups with * ? and !") { word throws(ValueError) in
        let body = word.hasPrefix("!") ? String(word.dropFirst()) : word
        let hint = "write words such as core, ec2, rds/* or !ec2/snapshot"
        try TextRule(name: "a resource type", lengths: 1...128, marks: "-*?/", suggestion: hint)
            .check(lowercase: body, shift: word.hasPrefix("!") ? 1 : 0)
        guard body.split(separator: "/", omittingEmptySubsequences: false).count <= 2 else {
            throw ValueError("`\(word)` has more than one `/`", suggestion: hint)
        }
    }

    /// Service names with globs and `!`.
    static let services = words("service names with * ? and !") { word throws(ValueError) in
        let body = word.hasPrefix("!") ? String(word.dropFirst()) : word
        let hint =
            word.contains("/") ? "resource types belong in Types=" : "write service names such as ec2, s3 or *"
        try TextRule(name: "a service name", lengths: 1...64, marks: "-*?", suggestion: hint)
            .check(lowercase: body, shift: word.hasPrefix("!") ? 1 : 0)
    }

    static let accounts = words("account ids, or * for all") { word throws(ValueError) in
        if word != "*" { try AWSName.checkAccount(word) }
    }

    static let accountIDs = words("account ids") { word throws(ValueError) in try AWSName.checkAccount(word) }

    static let organizationalUnits = words("ids of organizational units or of the root") {
        word throws(ValueError) in try AWSName.checkOrganizationalUnit(word)
    }
}

extension TextRule {
    /// Refuses capitals too. `shift` is where `text` begins in its word.
    fileprivate func check(lowercase text: String, shift: Int) throws(ValueError) {
        do throws(ValueError) {
            if let capital = text.unicodeScalars.enumerated().first(where: { ("A"..."Z").contains($0.element) }) {
                throw ValueError(
                    "`\(capital.element)` is a capital letter", at: capital.offset,
                    suggestion: "names are in lower case: `\(text.lowercased())`")
            }
            try check(text)
        } catch {
            throw error.shifted(by: shift)
        }
    }
}

extension SettingSyntax<RegionSelection> {
    /// `enabled`, or region names. Names are collected; either form replaces the other.
    static let regions = SettingSyntax(
        name: "enabled, or region names", isList: true,
        read: { text throws(ValueError) in
            let words = try SettingSyntax<[String]>.checkedWords(text) { word throws(ValueError) in
                if word != "enabled" { try AWSName.checkRegion(word) }
            }
            if words == ["enabled"] { return .enabled }
            if let mixed = try ValueParser.words(text).first(where: { $0.text == "enabled" }) {
                throw ValueError(
                    "`enabled` and region names exclude each other", at: mixed.offset,
                    suggestion: "keep one of the two")
            }
            return .listed(unique(words))
        },
        write: { selection in
            switch selection {
            case .enabled: "enabled"
            case .listed(let names): names.joined(separator: " ")
            }
        },
        combine: { old, new in
            guard case .listed(let first) = old, case .listed(let second) = new else { return new }
            return .listed(unique(first + second))
        })

    private static func unique(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }
}
