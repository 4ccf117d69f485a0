import AWS
import Configuration
import Control
import JSON

// What libFuzzer calls; see run.sh. A trap, a sanitiser's finding or a broken promise below ends the run with the input.

private let fuzzed = FuzzCases()

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let fuzzed else { preconditionFailure("FUZZ_READER or FUZZ_CASES is wrong") }
    // libFuzzer hands over `count` bytes that stay until this function returns.
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    switch fuzzed.reader {
    case .json, .xml: readReply(bytes, fuzzed.cases)
    case .document: readDocument(bytes)
    case .ini: readConfiguration(bytes)
    case .varlink: readCall(bytes)
    }
    return 0
}

/// The first byte chooses the operation, the second how the body is cut; whatever is read must be well formed, and the
/// cuts must not matter.
private func readReply(_ bytes: [UInt8], _ cases: [FuzzCases.Case]) {
    guard bytes.count > 2 else { return }
    let chosen = cases[Int(bytes[0]) % cases.count]
    let body = Array(bytes[2...])
    let whole = read(body, chosen, chunk: body.count)
    // A few cuts: a short body is read byte by byte, a long one in pieces as the transport hands them over.
    let cut = read(body, chosen, chunk: max(1, body.count / (Int(bytes[1] % 30) + 2)))
    precondition(whole == cut, "the cuts of a reply change what is read of it")
    for document in whole ?? [] {
        do throws(JSONError) {
            _ = try JSONValue.parse(document, limits: JSONLimits(sizeInBytes: 1 << 26, depth: 256))
        } catch {
            // A member that came twice stands twice.
            guard case .duplicateKey = error.reason else { preconditionFailure("no JSON: \(error)") }
        }
    }
}

/// The resources and the envelope; `nil` when the reply is refused.
private func read(_ body: [UInt8], _ chosen: FuzzCases.Case, chunk: Int) -> [[UInt8]]? {
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
private func readDocument(_ bytes: [UInt8]) {
    guard let value = try? JSONValue.parse(bytes) else { return }
    guard let again = try? JSONValue.parse(value.serialized) else { preconditionFailure("written, not read") }
    precondition(again == value, "a document changes by writing and reading it")
}

/// A call that is read is read again as it was, whatever white space and foreign members stood in its message.
private func readCall(_ bytes: [UInt8]) {
    guard let call = try? VarlinkCall(message: bytes) else { return }
    guard let again = try? VarlinkCall(message: Array(call.message.dropLast())) else {
        preconditionFailure("written, not read")
    }
    precondition(again == call, "a call changes by writing and reading it")
}

private func readConfiguration(_ bytes: [UInt8]) {
    for dialect in [INIDialect.systemd, .aws] {
        _ = try? INIDocument(parsing: bytes, file: "fuzz.conf", dialect: dialect)
    }
}
