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
}
