import FuzzTargets
import Glibc

// What libFuzzer calls; see run.sh. A trap, a sanitiser's finding or a broken promise ends the run with the input.

private let reader = variable("FUZZ_READER").flatMap(FuzzedReader.init)
private let cases = variable("FUZZ_CASES").flatMap { path in
    variable("FUZZ_SERVICES").flatMap { FuzzCases(path: path, services: $0) }
}

private func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let reader, cases != nil || (reader != .json && reader != .xml) else {
        preconditionFailure("FUZZ_READER, FUZZ_CASES or FUZZ_SERVICES is wrong")
    }
    // libFuzzer hands over `count` bytes that stay until this function returns.
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let broken = FuzzTarget.broken(bytes, by: reader, cases) { preconditionFailure(broken) }
    return 0
}
