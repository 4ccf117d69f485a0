import FuzzTargets
import Testing

/// What the fuzzers have learned is read again, and a few thousand inputs next to it: Tests/Fuzz/run.sh drives the same
/// targets for as long as one likes.
@Suite("Corpus of the fuzzers") struct CorpusTests {
    /// The repository's root, told from where this file is.
    private static let root = String(#filePath.dropLast("Tests/FuzzTests/CorpusTests.swift".count))
    private static let corpus = root + "Tests/Fuzz/corpus"
    /// Each input is read so many times more, changed.
    private static let changes = 8

    private static func cases(_ reader: FuzzedReader) throws -> FuzzCases? {
        guard reader == .json || reader == .xml else { return nil }
        let found = FuzzCases(
            path: "\(corpus)/cases-\(reader.rawValue).jsonl", services: root + "Sources/CCatalogue/data/services")
        return try #require(found, "an operation is gone: Tests/Fuzz/make_seeds.py --cases")
    }

    private static func inputs(_ reader: FuzzedReader) throws -> [(name: String, bytes: [UInt8])] {
        let folder = "\(corpus)/\(reader.rawValue)"
        return try FuzzInput.names(in: folder).map { name in
            (name, try #require(FuzzInput.bytes("\(folder)/\(name)")))
        }
    }

    @Test("every input of the corpus is read or refused as promised", arguments: FuzzedReader.allCases)
    func corpus(reader: FuzzedReader) throws {
        let cases = try Self.cases(reader)
        let inputs = try Self.inputs(reader)
        #expect(inputs.count >= 20)
        for input in inputs {
            let broken = FuzzTarget.broken(input.bytes, by: reader, cases)
            #expect(broken == nil, "\(reader.rawValue)/\(input.name)")
        }
    }

    @Test("so are inputs that differ from them in a few bytes", arguments: FuzzedReader.allCases)
    func neighbours(reader: FuzzedReader) throws {
        let cases = try Self.cases(reader)
        let inputs = try Self.inputs(reader)
        var mutation = Mutation(seed: 1)
        for input in inputs {
            for _ in 0..<Self.changes {
                let changed = mutation.changed(input.bytes, with: inputs[mutation.below(inputs.count)].bytes)
                let broken = FuzzTarget.broken(changed, by: reader, cases)
                #expect(broken == nil, "\(reader.rawValue): \(changed)")
            }
        }
    }

    @Test("inputs that are refused or too short promise nothing, and cases that are missing are told")
    func controls() throws {
        // Half a document is refused, so that nothing is promised of it; the first byte alone chooses nothing.
        let cases = try Self.cases(.json)
        #expect(FuzzTarget.broken([0], by: .json, cases) == nil)
        #expect(FuzzTarget.broken(Array("\u{0}\u{0}{\"a\":".utf8), by: .json, cases) == nil)
        #expect(FuzzCases(path: "\(Self.corpus)/cases-none.jsonl", services: "") == nil)
    }
}
