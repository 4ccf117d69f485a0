import Configuration
import Testing

@testable import inventory_collectord

@Suite struct ConfigurationMutationTests {
    /// A small generator with a fixed start, so that a failure comes again.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            // SplitMix64, https://prng.di.unimi.it/splitmix64.c
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let seed = Array(
        """
        [Collector]
        Workers=64
        Regions=eu-west-1 \\
          us-east-1
        Types="core" !ec2/snapshot
        CallTimeout=1min 30s
        [Organization]
        Exclude=444455556666
        IncludeOU=ou-ab12-11111111
        [Account 111122223333]
        Name=größe
        RoleArn=arn:aws:iam::111122223333:role/R
        [Schedule a]
        Cron=cron(0 2 * * ? *)
        Accounts=111122223333

        """.utf8)

    /// Changes, removes or adds up to eight bytes.
    private func mutate(_ bytes: [UInt8], with generator: inout Generator) -> [UInt8] {
        let marks = Array("[]=#;\\\"' \n\t!*/,:-\0é9aZ".utf8) + [0xFF]
        var result = bytes
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let index = Int.random(in: result.indices, using: &generator)
            let mark = marks.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: result[index] = mark
            case 1: result.remove(at: index)
            default: result.insert(mark, at: index)
            }
        }
        return result
    }

    @Test("whatever a file holds, every error stands inside of it", arguments: 0..<4)
    func positions(stream: UInt64) {
        var generator = Generator(state: stream)
        var refused = 0
        for _ in 0..<1_000 {
            let bytes = mutate(Self.seed, with: &generator)
            var merger = ConfigurationMerger()
            merger.add(ConfigurationFiles.File(path: "f", bytes: bytes))
            let review = ConfigurationReview(merger, files: ["f"], checks: ConfigurationChecks { _, _ in nil })
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let errors = merger.errors + review.errors
            refused += errors.isEmpty ? 0 : 1
            for error in errors {
                let place = error.position
                guard place.file == "f", lines.indices.contains(place.line - 1) else {
                    Issue.record("\(error) in \(bytes)")
                    continue
                }
                let length = String(decoding: lines[place.line - 1], as: UTF8.self).unicodeScalars.count
                #expect(place.column >= 1 && place.column <= length + 1, "\(error) in \(bytes)")
            }
        }
        #expect(refused > 500)
    }

    @Test("AWS files of any content are read or refused, with places inside of them")
    func awsFiles() {
        var generator = Generator(state: 7)
        let seed = Array("[default]\nregion = eu-west-1\ns3 =\n  a = b\n\n  c=d\n[profile x]\nrole_arn: é\n".utf8)
        for _ in 0..<2_000 {
            let bytes = mutate(seed, with: &generator)
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let (document, errors) = INIDocument.parse(bytes, file: "f", dialect: .aws)
            let places =
                errors.map(\.position) + document.sections.flatMap { $0.entries.map(\.valuePosition) + [$0.position] }
            for place in places {
                let line = lines.indices.contains(place.line - 1) ? lines[place.line - 1] : []
                let length = String(decoding: line, as: UTF8.self).unicodeScalars.count
                #expect(place.column >= 1 && place.column <= length + 1, "\(place) in \(bytes)")
            }
        }
    }
}
