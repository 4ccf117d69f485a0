import Control
import Glibc
import JSON
import Testing

@testable import collectorctl

@Suite("Verbs against a daemon")
struct VerbTests {
    @Test("list -o jsonl prints every resource of every page with exactly the promised members")
    func listLines() async throws {
        let result = try await collectorctl("list", "-o", "jsonl", daemon: ScriptedDaemon())
        #expect(result.code == 0)
        let lines = try result.output.split(separator: "\n").map { try JSONValue.parse($0.utf8) }
        #expect(lines.count == 2)
        for line in lines {
            #expect(
                line.members?.map(\.key) == [
                    "service", "resourceType", "accountId", "region", "resourceId", "arn", "name", "tags", "updatedAt",
                    "ttl", "data",
                ])
        }
        #expect(lines[0]["data"] == Samples.instance.data)
        #expect(lines[0]["ttl"] == 1_713_090_600)
        #expect(lines[1]["arn"] == .null)
    }

    @Test("list passes its filters on, and a word with a slash is a type")
    func filters() async throws {
        let (seen, sink) = AsyncStream.makeStream(of: ListParameters.self)
        var daemon = ScriptedDaemon()
        daemon.onList = { parameters, _ in
            sink.yield(parameters)
            return ListReply(resources: [])
        }
        let result = try await collectorctl(
            "list", "ec2/instance", "-a", "111122223333", "--region=eu-west-1", "--tag", "env=a=b", "--tag", "x=",
            "--name", "web", daemon: daemon)
        #expect(result.code == 0)
        _ = try await collectorctl("list", "s3", daemon: daemon)
        var iterator = seen.makeAsyncIterator()
        let first = try #require(await iterator.next())
        #expect(first.type == "ec2/instance" && first.service == nil && first.name == "web")
        #expect(first.account == "111122223333" && first.region == "eu-west-1")
        #expect(first.tags == ["env": "a=b", "x": ""])
        #expect(await iterator.next()?.service == "s3")
    }

    @Test("list stops at its limit, even in the middle of endless pages")
    func limit() async throws {
        var daemon = ScriptedDaemon()
        daemon.onList = { _, replies throws(CollectorError) in
            while true {
                try await replies.send(ListReply(resources: [Samples.instance, Samples.bucket], cursor: "1"))
            }
        }
        let result = try await collectorctl("list", "-n", "5", "-o", "name", daemon: daemon)
        #expect(result.code == 0)
        #expect(result.output.split(separator: "\n").count == 5)
    }

    @Test("metadata -o json prints the newest update, the service asked for, and the units of all parts")
    func metadata() async throws {
        var daemon = ScriptedDaemon()
        var other = Samples.unit
        (other.region, other.updatedAt) = ("us-east-1", Samples.later(60))
        daemon.metadataUnits = [Samples.unit, other]
        let result = try await collectorctl("metadata", "--service", "ec2", "-o", "json", daemon: daemon)
        let document = try JSONValue.parse(result.output)
        #expect(document.members?.map(\.key) == ["lastUpdate", "service", "units"])
        #expect(document["lastUpdate"] == "2024-01-15T10:31:00Z")
        #expect(document["service"] == "ec2")
        #expect(document["units"] == .array([Samples.unit.wire, other.wire]))

        daemon.metadataUnits = []
        let empty = try JSONValue.parse(try await collectorctl("metadata", "-o", "json", daemon: daemon).output)
        #expect(empty == ["lastUpdate": nil, "service": nil, "units": []])
    }

    @Test("coverage -o json prints the plan, the outcomes and the listings of all parts")
    func coverage() async throws {
        var daemon = ScriptedDaemon()
        daemon.coverageReplies = [Samples.coverage, Samples.coverage]
        let result = try await collectorctl("coverage", "-o", "json", daemon: daemon)
        let document = try JSONValue.parse(result.output)
        #expect(document.members?.map(\.key) == ["run", "planned", "outcomes", "listings"])
        #expect(document["outcomes"] == ["complete": 1, "denied": 1])
        let listings = try #require(document["listings"]?.array)
        #expect(listings.count == 4)
        #expect(listings[1].members?.map(\.key) == ["type", "account", "region", "outcome", "error", "count"])
        #expect(listings[0]["error"] == .null)
        #expect(listings[1]["error"]?["code"] == "UnauthorizedOperation")
    }

    @Test("coverage as a table tells only the problems, and everything with --all")
    func coverageTable() async throws {
        let result = try await collectorctl("coverage", daemon: ScriptedDaemon())
        #expect(result.output.hasPrefix("run r1 partial, 2 listings: complete 1, denied 1\n"))
        #expect(result.output.contains("ec2/vpc") && !result.output.contains("ec2/instance"))
        #expect(try await collectorctl("coverage", "--all", daemon: ScriptedDaemon()).output.contains("ec2/instance"))
    }

    @Test(
        "Every verb that reads answers in every form",
        arguments: [
            ["status"], ["runs"], ["show", "r1"], ["list"], ["get", "i-0"], ["get", "i-0", "--history"],
            ["list", "--at", "2h"],
            ["changes"], ["changes", "--since", "7"], ["metadata"], ["coverage"], ["services"],
            ["services", "--types"], ["accounts"], ["schedules"], ["reload"], ["cancel", "r1"], ["version"],
            ["config", "show", "--running"], ["refresh"],
        ])
    func forms(words: [String]) async throws {
        try await RunningDaemon.serving { daemon in
            for format in OutputFormat.allCases {
                let result = try await daemon.start(words + ["-o", format.rawValue]).result()
                #expect(result.code == 0, "\(words) \(format): \(result.errors)")
                #expect(!result.output.isEmpty, "\(words) \(format)")
                guard format == .json, words.first != "config" else { continue }
                #expect(throws: Never.self) { try JSONValue.parse(result.output) }
            }
        }
    }

    @Test("status is a page that tells the daemon, the store, the runs and the next one")
    func status() async throws {
        let result = try await collectorctl("status", "--utc", daemon: ScriptedDaemon())
        for part in [
            "inventory-collectord 9.9.9: ready, started 2024-01-15T10:30:00Z", "sqlite /var/lib/inventory.db",
            "Next run: 2024-01-15T11:30:00Z (schedule nightly)", "r1 succeeded", "Running: r2, 4/4 listings",
        ] { #expect(result.output.contains(part), "\(part) in \(result.output)") }
    }

    @Test("status tells what troubles a degraded daemon")
    func degraded() async throws {
        var daemon = ScriptedDaemon()
        daemon.status.state = "degraded"
        daemon.status.problems = ["the store cannot be used: no space left", "AWS cannot be reached"]
        let result = try await collectorctl("status", "--utc", daemon: daemon)
        #expect(result.output.contains("inventory-collectord 9.9.9: degraded, started"))
        #expect(result.output.contains("Problem: the store cannot be used: no space left\n"))
        #expect(result.output.contains("Problem: AWS cannot be reached\n"))
    }

    @Test(
        "What the daemon does not know ends with exit code 3 and what to do",
        arguments: [
            (["show", "r9"], "there is no run r9"), (["cancel", "r9"], "there is no run r9"),
            (["cancel", "ended"], "run ended has ended"), (["get", "i-9"], "nothing in the inventory"),
            (["refresh", "-s", "ecs2"], "did you mean ec2?"),
            (["refresh", "--wait", "-s", "ecs2"], "there is no service ecs2"),
        ])
    func notFound(words: [String], message: String) async throws {
        try await RunningDaemon.serving { daemon in
            let result = try await daemon.start(words).result()
            #expect(result.code == 3)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains(message), "\(result.errors)")
        }
    }

    @Test("A configuration that the daemon refuses ends reload with exit code 6 and every error")
    func reload() async throws {
        var daemon = ScriptedDaemon()
        #expect(try await collectorctl("reload", daemon: daemon).errors.contains("warning: collectord.conf:1:1"))
        daemon.reloadErrors = ["collectord.conf:3:1: unknown key Wrkers", "collectord.conf:9:9: too many"]
        let result = try await collectorctl("reload", daemon: daemon)
        #expect(result.code == 6)
        for error in daemon.reloadErrors { #expect(result.errors.contains(error)) }
    }

    @Test("Without a daemon the exit code is 5, and it says where to look")
    func unreachable() async throws {
        let result = try await collectorctl("--socket", "/tmp/ctl-tests-no-such-socket", "status")
        #expect(result.code == 5)
        #expect(result.errors.contains("systemctl status inventory-collectord"))
        let byVariable = try await collectorctl(
            "status", environment: ["INVENTORY_COLLECTOR_SOCKET=/tmp/ctl-tests-from-variable"])
        #expect(byVariable.errors.contains("/tmp/ctl-tests-from-variable"))
    }

    @Test("A socket that may not be used is exit code 4, and names the group", .enabled(if: getuid() != 0))
    func permission() async throws {
        try await RunningDaemon.serving { daemon in
            chmod(daemon.path, 0)
            let result = try await daemon.start(["status"]).result()
            #expect(result.code == 4)
            #expect(result.errors.contains("group inventory"))
        }
    }

    @Test("A refused permission means exit code 4 and names the group")
    func permissionText() {
        let failure = ControlFailure.of(.unreachable(.permissionDenied, path: "/run/x"))
        #expect(failure.code == .permission)
        #expect(failure.text.contains("group inventory"))
    }

    @Test("Output that cannot be written is a failure")
    func fullDisk() async throws {
        try await RunningDaemon.serving { daemon in
            let run = try ProgramRun(
                ["-c", "exec \"$0\" --socket \"$1\" list > /dev/full", ProgramRun.path, daemon.path],
                in: daemon.directory, program: "/bin/sh")
            let result = try await run.result()
            #expect(result.code == 1)
            #expect(result.errors.contains("cannot write the output"))
        }
    }

    @Test("A reader who leaves ends the program without a word", arguments: ["", "trap '' PIPE;"])
    func brokenPipe(prefix: String) async throws {
        var daemon = ScriptedDaemon()
        daemon.onList = { _, replies throws(CollectorError) in
            while true { try await replies.send(ListReply(resources: [Samples.instance], cursor: "1")) }
        }
        try await RunningDaemon.serving(daemon) { daemon in
            let script = "\(prefix) \"$0\" --socket \"$1\" list -o jsonl | head -n 1"
            let run = try ProgramRun(
                ["-c", script, ProgramRun.path, daemon.path], in: daemon.directory, program: "/bin/sh")
            let result = try await run.result()
            #expect(result.output.split(separator: "\n").count == 1)
            #expect(result.errors.isEmpty)
        }
    }

    @Test("config check becomes the daemon's program beside it, with its exit code")
    func configCheck() async throws {
        try await withTemporaryDirectory { directory in
            let copy = try await ProgramRun([ProgramRun.path, directory], in: directory, program: "/bin/cp").result()
            #expect(copy.code == 0, "\(copy.errors)")
            let program = "\(directory)/collectorctl"
            let missing = try await ProgramRun(["config", "check"], in: directory, program: program).result()
            #expect(missing.code == 3)
            try ProgramRun.write("#!/bin/sh\necho \"$@\"\nexit 6\n", to: "\(directory)/inventory-collectord")
            chmod("\(directory)/inventory-collectord", 0o700)
            let words = ["config", "check", "--config", "/etc/x.conf"]
            let result = try await ProgramRun(words, in: directory, program: program).result()
            #expect(result.code == 6)
            #expect(result.output == "--check-config --config /etc/x.conf\n")
        }
    }
}
