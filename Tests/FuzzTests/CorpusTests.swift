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
        let path = "\(corpus)/cases-\(reader.rawValue).jsonl"
        guard let found = FuzzCases(path: path, services: root + "Sources/CCatalogue/data/services") else {
            throw MissingOperation(path: path)
        }
        return found
    }

    private static func inputs(_ reader: FuzzedReader) throws -> [[UInt8]] {
        try #require(FuzzInput.lines("\(corpus)/\(reader.rawValue).b64"))
    }

    @Test("every input of the corpus is read or refused as promised", arguments: FuzzedReader.allCases)
    func corpus(reader: FuzzedReader) throws {
        let cases = try Self.cases(reader)
        let inputs = try Self.inputs(reader)
        #expect(inputs.count >= 100)
        for (number, input) in inputs.enumerated() {
            let broken = FuzzTarget.broken(input, by: reader, cases)
            #expect(broken == nil, "line \(number + 1) of \(reader.rawValue).b64")
        }
    }

    @Test("so are inputs that differ from them in a few bytes", arguments: FuzzedReader.allCases)
    func neighbours(reader: FuzzedReader) throws {
        let cases = try Self.cases(reader)
        let inputs = try Self.inputs(reader)
        var mutation = Mutation(seed: 1)
        for input in inputs {
            for _ in 0..<Self.changes {
                let changed = mutation.changed(input, with: inputs[mutation.below(inputs.count)])
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

/// A file names an operation that the catalogue does not have any more: Tests/Fuzz/make_seeds.py --cases.
private struct MissingOperation: Error {
    let path: String
}
