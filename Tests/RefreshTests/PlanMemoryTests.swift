import AWS
import Glibc
import Inventory
import Testing

@testable import Refresh

/// A plan that is far larger than memory should be. `PLAN_LISTINGS` gives its size; 3,000,000 is 10,000 accounts with 300
/// types each, and takes its time.
@Suite struct PlanMemoryTests {
    private static let typesPerAccount = 300
    /// What the whole process may take at that size.
    private static let limitInKiB = 256 << 10

    @Test("a run's memory does not grow with its plan; every listing of it is in the ledger with its outcome")
    func plan() async throws {
        let wanted = ProcessInfo.number("PLAN_LISTINGS")
        let accounts = max((wanted ?? 6_000) / Self.typesPerAccount, 2)
        let types = try Self.types()
        var options = World.Options()
        options.types = types
        options.accounts = (0..<accounts).map { String(100_000_000_000 + $0) }
        options.regions = .listed(["us-east-1"])
        options.sender = EmptyAWS()
        options.workers = 32
        options.runTimeout = .seconds(86_400)
        options.attempts = 1
        options.logLevel = .error
        try await World.with(options) { world in
            let before = ProcessInfo.peakMemoryInKiB
            let run = try await world.refresh()
            let after = ProcessInfo.peakMemoryInKiB
            #expect(run.planned == accounts * types.count)
            #expect(run.outcomes == [.empty: run.planned])
            var counted = 0
            try await world.ledger.forEachResult(run: run.id) { listing in
                if listing.result?.outcome == .empty { counted += 1 }
            }
            #expect(counted == run.planned)
            print("\(run.planned) listings: peak memory \(before) KiB before, \(after) KiB after")
            if wanted != nil { #expect(ProcessInfo.peakMemoryInKiB < Self.limitInKiB) }
        }
    }

    /// Types whose empty answer is `{}`.
    private static func types() throws -> [String] {
        let catalogue = try World.catalogue.get()
        var names: [String] = []
        for name in catalogue.index.services.keys.sorted() where catalogue.isOffered(name, in: "us-east-1") {
            let service = try catalogue.service(name)
            guard service.client.model.wireProtocol == .json else { continue }
            names += service.types.filter { $0.parent == nil }.map(\.name)
            if names.count >= typesPerAccount { break }
        }
        return Array(names.prefix(typesPerAccount))
    }
}

/// An AWS without any resource, at once.
private struct EmptyAWS: HTTPSender {
    private struct Body: HTTPBody {
        let once = Once()

        func next() async throws(HTTPError) -> [UInt8]? { once.take() ? Array("{}".utf8) : nil }
        func discard() {}
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPReply {
        HTTPReply(status: 200, headers: HTTPHeaders([]), body: Body())
    }
}

/// What the kernel says of this process.
enum ProcessInfo {
    /// The most memory the process has had resident, `VmHWM` of proc_pid_status(5).
    static var peakMemoryInKiB: Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { _ = fclose(file) }  // nothing was written
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard text.hasPrefix("VmHWM:") else { continue }
            return Int(text.filter(\.isNumber)) ?? 0
        }
        return 0
    }

    static func number(_ variable: String) -> Int? { getenv(variable).flatMap { Int(String(cString: $0)) } }
}
