import Glibc
import JSON
import Testing

@testable import Control

/// The interpreter that has the `varlink` package of PyPI.
private let python = getenv("VARLINK_PYTHON").map { String(cString: $0) }

@Suite("The PyPI varlink client can call the daemon", .enabled(if: python != nil, "VARLINK_PYTHON is not set"))
struct PythonClientTests {
    @Test("GetInfo, the description, a call, a stream, and errors of both kinds")
    func everything() async throws {
        try await TestServer.run { server in
            let output = try run(Self.program, argument: server.path)
            let result = try JSONValue.parse(output)
            #expect(result["info"]?["product"]?.string == "inventory-collectord")
            #expect(result["info"]?["interfaces"]?.strings == InterfaceDescription.interfaces)
            #expect(result["methods"]?.strings.map(Set.init) == Set(CollectorMethod.allCases.map(\.rawValue)))
            #expect(result["status"]?["version"]?.string == "1")
            #expect(result["status"]?["accounts"]?.int == Int(getuid()))
            let events = try #require(result["events"]?.array)
            #expect(events.map { $0["state"]?.string } == ["running", "running", "partial"])
            #expect(events.last?["summary"]?["outcomes"]?["denied"]?.int == 1)
            #expect(result["resource"]?["data"]?["Deep"] == [[[nil]]])
            #expect(result["resource"]?["name"]?.string == "wéb 🦊")
            #expect(result["refused"]?["error"]?.string == "io.inventorycollector.Collector.NoSuchService")
            #expect(result["refused"]?["parameters"]?["service"]?.string == "ec3")
            let changes = try #require(result["changes"]?.array)
            #expect(changes.map { $0["sequence"]?.int } == [7, 8])
            #expect(changes[0]["changes"]?.array?.first?["diff"] == Samples.change.diff)
            #expect(result["gone"]?["error"]?.string == "io.inventorycollector.Collector.ChangesGone")
            #expect(result["gone"]?["parameters"]?["oldest"]?.int == 6)
            #expect(result["monitored"]?["sequence"]?.int == 7)
            #expect(result["ended"]?["error"]?.string == "io.inventorycollector.Collector.ShuttingDown")
            #expect(result["once"]?["error"]?.string == "org.varlink.service.ExpectedMore")
            #expect(result["invalid"]?["parameters"]?["parameter"]?.string == "limit")
            #expect(result["unknown"]?["error"]?.string == "org.varlink.service.InterfaceNotFound")
        }
    }

    private static let program = """
        import json, sys, varlink

        def failure(call):
            try:
                call()
            except varlink.VarlinkError as error:
                return error.as_dict()

        name = "io.inventorycollector.Collector"
        result = {}
        with varlink.Client(address="unix:" + sys.argv[1]) as client:
            result["info"] = client.info if hasattr(client, "info") else None
            with client.open("org.varlink.service") as service:
                result["info"] = service.GetInfo()
                result["unknown"] = failure(lambda: service.GetInterfaceDescription("org.example"))
            interface = client.get_interface(name)
            kinds = interface.members.values()
            result["methods"] = [m.name for m in kinds if type(m).__name__ == "_Method"]
            with client.open(name) as collector:
                result["status"] = collector.Status()
                result["events"] = list(collector.Refresh(services=["ec2"], _more=True))
                result["resource"] = collector.Get("i-0")["resources"][0]
                result["changes"] = list(collector.Changes(since=5, kind="updated", _more=True))
                result["gone"] = failure(lambda: collector.Changes(since=1))
                monitor = collector.Monitor(_more=True)
                result["monitored"] = next(monitor)
                result["ended"] = failure(lambda: next(monitor))
                result["once"] = failure(lambda: collector.Monitor())
                result["refused"] = failure(lambda: collector.Refresh(services=["ec3"]))
                result["invalid"] = failure(lambda: collector.Runs(limit=0))
        print(json.dumps(result))
        """

    /// Runs a Python program and answers what it printed.
    private func run(_ program: String, argument: String) throws -> String {
        var pipe: [Int32] = [-1, -1]
        guard Glibc.pipe(&pipe) == 0 else { throw SystemError(call: "pipe") }
        let (reading, writing) = (SocketHandle(adopting: pipe[0]), SocketHandle(adopting: pipe[1]))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, writing.descriptor, STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, reading.descriptor)
        let words = [python ?? "", "-c", program, argument]
        var arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child = pid_t()
        let code = posix_spawn(&child, words[0], &actions, nil, &arguments, environ)
        guard code == 0 else { throw SystemError(call: "posix_spawn", code: code) }
        return try collect(reading, from: child, closing: consume writing)
    }

    private func collect(_ output: SocketHandle, from child: pid_t, closing writing: consuming SocketHandle) throws
        -> String
    {
        do { _ = consume writing }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(output.descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        var status: Int32 = 0
        #expect(waitpid(child, &status, 0) == child && status == 0)
        return String(decoding: text, as: UTF8.self)
    }
}
