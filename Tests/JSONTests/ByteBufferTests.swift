import Testing

@testable import JSON

@Suite("The byte buffer") struct ByteBufferTests {
    @Test("grows over everything that is appended and keeps it")
    func growth() {
        var buffer = ByteBuffer(capacity: 0)
        var wanted: [UInt8] = []
        for round in 0..<2000 {
            let byte = UInt8(truncatingIfNeeded: round)
            switch round % 5 {
            case 0:
                buffer.append(byte)
                wanted.append(byte)
            case 1:
                buffer.append([byte, 1, 2, 3])
                wanted += [byte, 1, 2, 3]
            case 2:
                buffer.append([9, byte, 9], 1..<2)
                wanted.append(byte)
            case 3:
                buffer.append("é\(round)" as String)
                wanted += Array("é\(round)".utf8)
            default:
                buffer.append("static" as StaticString)
                wanted += Array("static".utf8)
            }
        }
        #expect(buffer.bytes() == wanted)
        #expect(buffer.count == wanted.count && buffer.capacity >= wanted.count)
    }

    @Test("copies, compares and scans runs of every length as a plain loop does")
    func lengths() {
        let text = (0..<80).map { UInt8(0x40 + $0 % 27) } + Array(repeating: UInt8(ascii: "x"), count: 8)
        for start in 0..<9 {
            for count in 0..<60 {
                let run = Array(text[start..<start + count])
                var buffer = ByteBuffer(capacity: 16)
                buffer.append(text.span.extracting(start..<start + count))
                buffer.append(text, start..<start + count)
                #expect(buffer.bytes() == run + run)
                let isSame = ByteScan.equal(text.span, start, run.span, 0, count: count)
                #expect(isSame)
                for changed in 0..<count {
                    var other = run
                    other[changed] ^= 0x20
                    let isSame = ByteScan.equal(text.span, start, other.span, 0, count: count)
                    #expect(!isSame)
                }
            }
        }
    }

    @Test("plain text is copied up to the first byte that needs a look", arguments: 0..<40)
    func plainText(position: Int) {
        for byte in Array("<&\"\\\u{1}\n".utf8) + [0x80, 0xFF] {
            var text = (0..<40).map { UInt8(ascii: "a") + UInt8($0 % 26) }
            text[position] = byte
            for start in 0...position {
                var buffer = ByteBuffer(capacity: 16)
                let end = buffer.appendPlain(text.span, from: start, stop: UInt8(ascii: "<"), ampersand: true)
                #expect(end == position)
                #expect(buffer.bytes() == Array(text[start..<position]))
            }
        }
        var buffer = ByteBuffer(capacity: 16)
        let plain = Array(repeating: UInt8(ascii: "&"), count: position)
        let end = buffer.appendPlain(plain.span, from: 0, stop: UInt8(ascii: "<"), ampersand: false)
        #expect(end == position)
        #expect(buffer.bytes() == plain)
    }

    @Test("inserts at the start, inside and at the end")
    func insertion() {
        var buffer = ByteBuffer(capacity: 16)
        buffer.append("bd" as StaticString)
        buffer.insert(Array("a".utf8), at: 0)
        buffer.insert(Array("c".utf8), at: 2)
        buffer.insert(Array(String(repeating: "e", count: 40).utf8), at: 4)
        buffer.insert([], at: 1)
        #expect(String(decoding: buffer.bytes(), as: UTF8.self) == "abcd" + String(repeating: "e", count: 40))
    }

    @Test("truncating forgets the end and writing goes on from there")
    func truncation() {
        var buffer = ByteBuffer(capacity: 16)
        buffer.append("hello" as StaticString)
        let capacity = buffer.capacity
        buffer.truncate(to: 2)
        buffer.append("y" as StaticString)
        buffer.replace(at: 0, with: UInt8(ascii: "H"))
        #expect(String(decoding: buffer.bytes(), as: UTF8.self) == "Hey")
        #expect(buffer.bytes(1..<3) == Array("ey".utf8) && buffer.capacity == capacity)
        buffer.truncate(to: 0)
        #expect(buffer.isEmpty && buffer.span.count == 0)
    }

    @Test("appending its own span's bytes by way of a copy is whole")
    func spans() {
        var buffer = ByteBuffer(capacity: 16)
        let bytes = Array("0123456789".utf8)
        for _ in 0..<50 { buffer.append(bytes.span.extracting(2..<8)) }
        #expect(buffer.count == 300)
        #expect(buffer.span[299] == UInt8(ascii: "7"))
    }

    @Test("escapes strings as the tree's writer does, wherever in eight or sixteen bytes the escaped ones stand")
    func escapes() {
        var random = SystemRandomNumberGenerator()
        for count in [0, 1, 7, 8, 9, 63, 511, 512, 513, 1500] {
            for share in [0, 3, 50, 100] {
                let text = String(
                    decoding: (0..<count).map { _ -> UInt8 in
                        guard Int.random(in: 0..<100, using: &random) < share else {
                            return .random(in: 0x23...0x5B, using: &random)
                        }
                        return ([0x22, 0x5C, 0x00, 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1F, 0x20, 0x21, 0x7F] as [UInt8])
                            .randomElement(using: &random) ?? 0
                    }, as: UTF8.self)
                var buffer = ByteBuffer(capacity: 16)
                buffer.append(quoted: text)
                #expect(buffer.bytes() == JSONValue.string(text).serialized)
            }
        }
        var buffer = ByteBuffer(capacity: 16)
        buffer.append(quoted: "é\u{FFFD}東😀\u{1}")
        #expect(buffer.bytes() == JSONValue.string("é\u{FFFD}東😀\u{1}").serialized)
    }

    @Test("writes whole numbers", arguments: [0, 9, 10, -1, 1_700_000_000, Int.max, Int.min])
    func decimals(_ number: Int) {
        var buffer = ByteBuffer(capacity: 16)
        buffer.append(decimal: number)
        #expect(buffer.bytes() == Array(String(number).utf8))
    }
}
