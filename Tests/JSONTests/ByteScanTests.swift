import Testing

@testable import JSON

/// What is looked for sixteen or eight bytes at a time is what a plain loop finds.
@Suite("Searching in bytes")
struct ByteScanTests {
    private static let quotes: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "\\")]
    private static let brackets = Set("\"{}[]".utf8)
    private static let stop = UInt8(ascii: "<")

    private static func isSpecial(_ byte: UInt8, ampersand: Bool) -> Bool {
        byte < 0x20 || byte >= 0x80 || byte == stop || quotes.contains(byte)
            || (ampersand && byte == UInt8(ascii: "&"))
    }

    @Test("every byte is found or passed by, wherever it stands", arguments: 0..<45)
    func everyByte(position: Int) {
        for byte in UInt8.min...UInt8.max {
            var text = [UInt8](repeating: UInt8(ascii: "a"), count: 45)
            text[position] = byte
            for start in [0, 1, 7, 15, 16, 17, 40] {
                func found(_ isMeant: (UInt8) -> Bool) -> Int { (start..<45).first { isMeant(text[$0]) } ?? 45 }
                let quote = ByteScan.quoteOrBackslash(text.span, from: start)
                #expect(quote == found(Self.quotes.contains))
                if byte >= 0x20 {
                    let bracket = ByteScan.quoteOrBracket(text.span, from: start)
                    #expect(bracket == found(Self.brackets.contains))
                }
                let same = ByteScan.first(byte, in: text.span, from: start)
                #expect(same == found { $0 == byte })
                for ampersand in [false, true] {
                    let special = ByteScan.special(text.span, from: start, stop: Self.stop, ampersand: ampersand)
                    let wanted = found { Self.isSpecial($0, ampersand: ampersand) }
                    #expect(special == wanted)
                    var buffer = ByteBuffer(capacity: 16)
                    let end = buffer.appendPlain(text.span, from: start, stop: Self.stop, ampersand: ampersand)
                    #expect(end == wanted && buffer.bytes() == Array(text[start..<wanted]))
                }
            }
        }
    }

    @Test("a document is escaped as text is, however its quotes lie")
    func documents() {
        var random = SystemRandomNumberGenerator()
        for count in [1, 15, 16, 17, 31, 32, 33, 48, 511, 512, 527, 528, 1_100] {
            for share in [1, 10, 50, 100] {
                let text = (0..<count).map { _ -> UInt8 in
                    Int.random(in: 0..<100, using: &random) < share
                        ? Self.quotes.randomElement(using: &random) ?? 0 : .random(in: 0x20...0xFF, using: &random)
                }
                var buffer = ByteBuffer(capacity: 16)
                buffer.append(UInt8(ascii: "x"))
                buffer.appendEscaped(document: text.span)
                let wanted = text.flatMap { Self.quotes.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
                #expect(buffer.bytes(1..<buffer.count) == wanted)
            }
        }
    }
}
