import JSON
import Schedule

/// Answers questions about schedules, one JSON object a line. A bad line gets an error, never an end.
struct ScheduleBatch {
    /// Bytes of one line: an expression has at most 256 characters, the rest is room for ids.
    static let lineLimit = 65_536

    private var calculator = ScheduleCalculator()
    private let now: Instant
    private var partial: [UInt8] = []
    private var isSkipping = false
    private var lineNumber = 0

    /// `now` stands in for an `after` that is not given.
    init(now: Instant) { self.now = now }

    /// Takes the next piece of the input and gives out the answers to the lines it completes.
    mutating func take(_ piece: ArraySlice<UInt8>, _ write: ([UInt8]) -> Void) {
        var rest = piece
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            if isSkipping {
                isSkipping = false
            } else if partial.isEmpty {
                answer(line, write)
            } else {
                partial.append(contentsOf: line)
                answer(partial[...], write)
            }
            partial.removeAll(keepingCapacity: true)
        }
        guard !isSkipping else { return }
        partial.append(contentsOf: rest)
        if partial.count > Self.lineLimit {
            answer(partial[...], write)
            partial = []
            isSkipping = true
        }
    }

    /// Answers a last line that no line feed ends.
    mutating func finish(_ write: ([UInt8]) -> Void) {
        if !partial.isEmpty { answer(partial[...], write) }
        partial = []
    }

    private mutating func answer(_ line: ArraySlice<UInt8>, _ write: ([UInt8]) -> Void) {
        lineNumber += 1
        guard line.contains(where: { !" \t\r".utf8.contains($0) }) else { return }
        var id = JSONValue.null
        var reply: [UInt8] = []
        do throws(Fault) {
            let instants = try Self.next(line, &calculator, now, &id)
            Self.open(id, &reply)
            reply.append(contentsOf: "\"next\":[".utf8)
            for (index, instant) in instants.enumerated() {
                reply.append(contentsOf: (index == 0 ? "\"" : ",\"").utf8)
                reply.append(contentsOf: ISO8601.format(instant).utf8)
                reply.append(UInt8(ascii: "\""))
            }
            reply.append(contentsOf: "]}\n".utf8)
        } catch {
            Self.open(id, &reply)
            reply.append(contentsOf: "\"error\":".utf8)
            JSONText.appendQuoted(id == .null ? "line \(lineNumber): \(error.message)" : error.message, to: &reply)
            reply.append(contentsOf: "}\n".utf8)
        }
        write(reply)
    }

    private static func open(_ id: JSONValue, _ reply: inout [UInt8]) {
        reply.append(contentsOf: "{\"id\":".utf8)
        id.write(to: &reply)
        reply.append(UInt8(ascii: ","))
    }

    private struct Fault: Error { let message: String }

    private static func next(
        _ line: ArraySlice<UInt8>, _ calculator: inout ScheduleCalculator, _ now: Instant, _ id: inout JSONValue
    ) throws(Fault) -> [Instant] {
        guard line.count <= lineLimit else { throw Fault(message: "longer than \(lineLimit) bytes") }
        let question: JSONValue
        do throws(JSONError) {
            question = try JSONValue.parse(line, limits: .message)
        } catch {
            throw Fault(message: "not JSON: \(error)")
        }
        guard question.members != nil else { throw Fault(message: "not a JSON object") }
        id = question["id"] ?? .null
        guard let expression = try text("expr", question) else { throw Fault(message: "expr is missing") }
        let zone = try text("tz", question) ?? "UTC"
        let after = try instant("after", question) ?? now
        let count = try count(question)
        let anchor = try instant("anchor", question)
        do throws(ScheduleError) {
            return try calculator.next(expression: expression, zone: zone, after: after, count: count, anchor: anchor)
        } catch {
            throw Fault(message: error.description)
        }
    }

    private static func text(_ key: String, _ question: JSONValue) throws(Fault) -> String? {
        guard let value = question[key], value != .null else { return nil }
        guard let text = value.string else { throw Fault(message: "\(key) is not a string") }
        return text
    }

    private static func count(_ question: JSONValue) throws(Fault) -> Int {
        guard let value = question["count"], value != .null else { return 1 }
        guard let count = value.int else { throw Fault(message: "count is not an integer") }
        return count
    }

    private static func instant(_ key: String, _ question: JSONValue) throws(Fault) -> Instant? {
        guard let text = try text(key, question) else { return nil }
        guard let instant = ISO8601.parse(text) else {
            throw Fault(message: "\(key) is no ISO 8601 time with an offset, such as 2026-01-31T09:00:00Z")
        }
        return instant
    }
}
