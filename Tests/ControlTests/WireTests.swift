import Glibc
import JSON
import Testing

@testable import Control

@Suite("Values and messages on the wire")
struct WireTests {
    @Test(
        "parameters that cannot be are refused by the name of the member",
        arguments: [
            (#"{"servces":["ec2"]}"#, "servces"),
            (#"{"services":"ec2"}"#, "services"),
            (#"{"services":["ec2",1]}"#, "services"),
            (#"{"force":"yes"}"#, "force"),
            (#"{"force":1}"#, "force"),
            (#"{"types":{}}"#, "types"),
        ])
    func refresh(text: String, member: String) throws {
        #expect(fault(RefreshParameters.self, text) == member)
    }

    @Test(
        "numbers and maps out of bounds are refused by the name of the member",
        arguments: [
            (#"{"limit":0}"#, "limit"), (#"{"limit":10001}"#, "limit"), (#"{"limit":1.5}"#, "limit"),
            (#"{"limit":99999999999999999999}"#, "limit"), (#"{"tags":{"a":1}}"#, "tags.a"),
            (#"{"tags":[]}"#, "tags"), (#"{"cursor":7}"#, "cursor"),
        ])
    func list(text: String, member: String) {
        #expect(fault(ListParameters.self, text) == member)
    }

    @Test("a missing member is named, and null counts as missing")
    func missing() {
        #expect(fault(GetParameters.self, "{}") == "id")
        #expect(fault(GetParameters.self, #"{"id":null}"#) == "id")
        #expect(fault(RefreshParameters.self, #"{"services":null}"#) == nil)
    }

    @Test("a client reads past members that a newer daemon adds, and names the one that is wrong inside")
    func replies() throws {
        let newer = try JSONValue.parse(#"{"run":"r","joined":false,"state":"running","colour":"red"}"#)
        #expect(try RefreshReply(wire: newer).run == "r")
        let wrong = try JSONValue.parse(#"{"run":"r","joined":false,"state":"sleeping"}"#)
        #expect(throws: WireFault(path: "state", problem: "not one of the words that are known here")) {
            try RefreshReply(wire: wrong)
        }
    }

    @Test("stored documents pass as the bytes they are")
    func raw() {
        var resource = Samples.bareResource
        resource.data = .raw(Array(#"{"a": 1.0}"#.utf8))
        #expect(resource.wire.text.hasSuffix(#""data":{"a": 1.0}}"#))
    }

    @Test(
        "calls that are none are told apart from calls that ask for too much",
        arguments: [
            (#"{"method":"a.B"}"#, nil), ("", VarlinkCall.Fault.malformed), ("{", .malformed), ("[]", .malformed),
            ("{}", .invalid(member: "method")), (#"{"method":1}"#, .invalid(member: "method")),
            (#"{"method":"a.B","parameters":[]}"#, .invalid(member: "parameters")),
            (#"{"method":"a.B","parameters":null}"#, nil), (#"{"method":"a.B","more":1}"#, .invalid(member: "more")),
            (#"{"method":"a.B","upgrade":true}"#, .invalid(member: "upgrade")),
            (#"{"method":"a.B","upgrade":false,"org.example":{"x":1}}"#, nil),
            (#"{"method":"a.B","more":true,"oneway":true}"#, .invalid(member: "oneway")),
            (#"{"method":"a.B","method":"a.C"}"#, .malformed),
        ])
    func calls(text: String, expected: VarlinkCall.Fault?) {
        do throws(VarlinkCall.Fault) {
            let call = try VarlinkCall(message: Array(text.utf8))
            #expect(expected == nil && call.method == "a.B" && call.parameters == .object([]))
        } catch {
            #expect(error == expected)
        }
    }

    @Test("a call is nested 64 deep at most")
    func depth() throws {
        func text(_ depth: Int) -> [UInt8] {
            let open = String(repeating: "[", count: depth), close = String(repeating: "]", count: depth)
            return Array(#"{"method":"a.B","parameters":{"x":\#(open)\#(close)}}"#.utf8)
        }
        #expect(throws: Never.self) { try VarlinkCall(message: text(62)) }
        #expect(throws: VarlinkCall.Fault.malformed) { try VarlinkCall(message: text(63)) }
        #expect(throws: VarlinkCall.Fault.malformed) { try VarlinkCall(message: text(500_000)) }
    }

    @Test("replies and calls come back as they were")
    func messages() throws {
        let call = VarlinkCall(method: "a.B", parameters: ["x": "\u{0}"], more: true)
        #expect(call.message.last == 0 && call.message.dropLast().allSatisfy { $0 != 0 })
        #expect(try VarlinkCall(message: call.message.dropLast()) == call)
        let replies: [VarlinkReply] = [
            .success(["x": 1], continues: true), .success(.object([]), continues: false),
            .failure(.methodNotFound("a.B")),
        ]
        for reply in replies {
            #expect(try VarlinkReply(message: reply.message.dropLast(), limits: .message) == reply)
        }
    }

    @Test("bytes are cut at NULs however they arrive")
    func framing() {
        var framer = MessageFramer(limitInBytes: 4)
        for byte in Array("ab\u{0}\u{0}cdef\u{0}ghijk".utf8) { framer.append([byte]) }
        #expect(framer.next() == .message(Array("ab".utf8)))
        #expect(framer.next() == .message([]))
        #expect(framer.next() == .message(Array("cdef".utf8)))
        #expect(framer.next() == .tooLong)
        var exact = MessageFramer(limitInBytes: 4)
        exact.append(Array("abcd".utf8)[...])
        #expect(exact.next() == .incomplete)
        exact.append([0])
        #expect(exact.next() == .message(Array("abcd".utf8)))
        exact.append(Array("abcde\u{0}".utf8)[...])
        #expect(exact.next() == .tooLong)
    }

    @Test("many messages through one framer keep its memory bounded")
    func framingMemory() {
        var framer = MessageFramer(limitInBytes: 100_000)
        let message = [UInt8](repeating: 7, count: 70_000)
        var taken = 0
        for _ in 0..<200 {
            framer.append(message[...])
            framer.append([0])
            if taken < 199, framer.next() == .message(message) { taken += 1 }
        }
        #expect(taken == 199)
        #expect(framer.count == 70_001)
    }

    @Test("times agree with the C library from 1900 to 2200 and come back as they were")
    func times() throws {
        for second in stride(from: -2_208_988_800, through: 7_258_118_400, by: 86_399 * 7) {
            var parts = tm()
            var moment = time_t(second)
            gmtime_r(&moment, &parts)
            var buffer = [CChar](repeating: 0, count: 32)
            _ = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
            let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            #expect(Timestamp(secondsSinceEpoch: second).description == text)
            #expect(Timestamp(text) == Timestamp(secondsSinceEpoch: second))
        }
    }

    @Test(
        "texts that are no time are refused",
        arguments: [
            "", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-10T00:00:00Z",
            "2024-01-00T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01 00:00:00Z",
            "2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00", "20240-01-01T00:00:0Z", "2024-01-01T0a:00:00Z",
        ])
    func noTimes(text: String) {
        #expect(Timestamp(text) == nil)
    }

    private func fault<Parameters: CallParameters>(_ type: Parameters.Type, _ text: String) -> String? {
        do {
            var reader = try WireReader(try JSONValue.parse(text))
            _ = try Parameters(from: &reader)
            try reader.refuseUnknown()
            return nil
        } catch {
            return (error as? WireFault)?.path ?? "\(error)"
        }
    }
}
