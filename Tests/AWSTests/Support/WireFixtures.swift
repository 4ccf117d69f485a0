import JSON

@testable import AWS

#if canImport(Glibc)
    import Glibc
#endif

/// Files of the repository that the wire tests read.
enum WireFixtures {
    /// The repository's root, told from where this file is.
    static let root = String(#filePath.dropLast("Tests/AWSTests/Support/WireFixtures.swift".count))

    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return bytes
    }

    /// The path in the environment variable, where a large run put its cases.
    static func large(_ variable: String) -> String? { getenv(variable).map { String(cString: $0) } }

    /// Calls `body` with each line of a file of JSON lines but the first, one line in memory at a time; answers how many.
    static func forEachCase(_ path: String, _ body: (JSONValue) throws -> Void) throws -> Int {
        guard let file = fopen(path, "r") else { return 0 }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        var count = -1
        // getline answers how many bytes of `line` it filled, and never more than `capacity`.
        while case let length = getline(&line, &capacity, file), length > 0, let line {
            count += 1
            guard count > 0 else { continue }
            let bytes = UnsafeRawBufferPointer(start: line, count: length)
            try body(JSONValue.parse(bytes))
        }
        return max(count, 0)
    }

    static func fixture(_ name: String) -> String { root + "Tests/AWSTests/Fixtures/" + name }

    /// A service as the catalogue describes it.
    static func service(_ name: String) throws -> AWSService {
        let bytes = bytes(root + "Sources/CCatalogue/data/services/\(name).json") ?? []
        return AWSService(model: try ServiceModel(name: name, json: .parse(bytes)))
    }
}

/// Services read once; the cases of one service stand together, so that one is enough.
struct ServiceShelf {
    private var name = ""
    private var held: AWSService?

    mutating func service(_ name: String) throws -> AWSService {
        if let held, self.name == name { return held }
        let service = try WireFixtures.service(name)
        (self.name, held) = (name, service)
        return service
    }
}

extension JSONValue {
    /// The same document with members sorted and numbers in one spelling, so that equal documents are equal texts.
    var canonical: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.canonical))
        case .object(let members):
            return .object(
                members.map { Member($0.key, $0.value.canonical) }.sorted {
                    $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
                })
        case .decimal(let text):
            guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }),
                let number = Double(text)
            else { return text == "-0" ? .integer(0) : self }
            return Int64(exactly: number).map(JSONValue.integer) ?? .decimal("\(number)")
        default: return self
        }
    }

    /// Where two canonical documents part, for people.
    func firstDifference(from other: JSONValue, at path: String = "") -> String {
        switch (self, other) {
        case (.object(let mine), .object(let theirs)) where mine.map(\.key) == theirs.map(\.key):
            for (left, right) in zip(mine, theirs) where left != right {
                return left.value.firstDifference(from: right.value, at: "\(path).\(left.key)")
            }
        case (.array(let mine), .array(let theirs)) where mine.count == theirs.count:
            for (index, pair) in zip(mine, theirs).enumerated() where pair.0 != pair.1 {
                return pair.0.firstDifference(from: pair.1, at: "\(path)[\(index)]")
            }
        default: break
        }
        return "\(path) is \(text), expected \(other.text)"
    }
}
