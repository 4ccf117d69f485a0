import AWS
import Configuration
import Control
import JSON

/// What `make fuzz` drives and the tests replay: one input for one reader.
package enum FuzzTarget {
    /// The promise that the reader breaks on the input; `nil` when it keeps them all.
    ///
    /// Refusing an input is no breach. A trap is one that ends the process. `cases` are for replies alone.
    package static func broken(_ bytes: [UInt8], by reader: FuzzedReader, _ cases: FuzzCases?) -> String? {
        switch reader {
        case .json, .xml: cases.flatMap { readReply(bytes, $0.cases) }
        case .document: readDocument(bytes)
        case .ini: readConfiguration(bytes)
        case .varlink: readCall(bytes)
        }
    }

    /// The first byte chooses the operation, the second how the body is cut; whatever is read must be well formed, and
    /// the cuts must not matter.
    private static func readReply(_ bytes: [UInt8], _ cases: [FuzzCases.Case]) -> String? {
        guard bytes.count > 2 else { return nil }
        let chosen = cases[Int(bytes[0]) % cases.count]
        let body = Array(bytes[2...])
        let whole = read(body, chosen, chunk: body.count)
        // A few cuts: a short body is read byte by byte, a long one in pieces as the transport hands them over.
        let cut = read(body, chosen, chunk: max(1, body.count / (Int(bytes[1] % 30) + 2)))
        guard whole == cut else { return "the cuts of a reply change what is read of it" }
        for document in whole ?? [] {
            do throws(JSONError) {
                _ = try JSONValue.parse(document, limits: JSONLimits(sizeInBytes: 1 << 26, depth: 256))
            } catch {
                // A member that came twice stands twice.
                guard case .duplicateKey = error.reason else { return "no JSON: \(error)" }
            }
        }
        return nil
    }

    /// The resources and the envelope; `nil` when the reply is refused.
    private static func read(_ body: [UInt8], _ chosen: FuzzCases.Case, chunk: Int) -> [[UInt8]]? {
        var decoder = ReplyDecoder(plan: chosen.service.plan, operation: chosen.operation, items: chosen.steps)
        var found: [[UInt8]] = []
        var document = ByteBuffer(capacity: 256)
        do {
            for start in stride(from: 0, to: body.count, by: max(chunk, 1)) {
                decoder.feed(Array(body[start..<min(start + max(chunk, 1), body.count)]))
                while true {
                    document.truncate(to: 0)
                    guard try decoder.next(into: &document) else { break }
                    found.append(document.bytes())
                }
            }
            found.append(try decoder.finish(status: 200, headers: HTTPHeaders([])))
            return found
        } catch {
            return nil
        }
    }

    /// What is read as JSON reads the same after it was written.
    private static func readDocument(_ bytes: [UInt8]) -> String? {
        guard let value = try? JSONValue.parse(bytes) else { return nil }
        guard let again = try? JSONValue.parse(value.serialized) else { return "a document is written, not read" }
        return again == value ? nil : "a document changes by writing and reading it"
    }

    /// A call that is read is read again as it was, whatever white space and foreign members stood in its message.
    private static func readCall(_ bytes: [UInt8]) -> String? {
        guard let call = try? VarlinkCall(message: bytes) else { return nil }
        guard let again = try? VarlinkCall(message: Array(call.message.dropLast())) else {
            return "a call is written, not read"
        }
        return again == call ? nil : "a call changes by writing and reading it"
    }

    private static func readConfiguration(_ bytes: [UInt8]) -> String? {
        for dialect in [INIDialect.systemd, .aws] {
            _ = try? INIDocument(parsing: bytes, file: "fuzz.conf", dialect: dialect)
        }
        return nil
    }
}
