import Inventory
import Testing

@testable import Refresh

/// Who is served first where many want to be.
@Suite struct TurnsTests {
    private static let networks = ["ec2/vpc", "ec2/subnet", "ec2/internet-gateway", "ec2/route-table"]

    /// Empty lists of `networks` and of KMS's aliases.
    private static func empty(_ call: FakeAWS.Call) -> String {
        let lists = [
            "DescribeVpcs": "vpcSet", "DescribeSubnets": "subnetSet", "DescribeInternetGateways": "internetGatewaySet",
            "DescribeRouteTables": "routeTableSet",
        ]
        guard let list = lists[call.operation] else { return "{\"Aliases\":[]}" }
        return "<\(call.operation)Response><requestId>r</requestId><\(list)/></\(call.operation)Response>"
    }

    @Test("a refresh on demand overtakes the calls of a scheduled run that wait", .timeLimit(.minutes(1)))
    func onDemandFirst() async throws {
        var options = World.Options()
        options.types = Self.networks + ["kms/alias"]
        options.workers = 1
        try await World.with(options) { world in
            let gate = Gate()
            defer { gate.open() }
            world.aws.answer { .after(gate, Self.empty($0)) }
            var nightly = RefreshRequest()
            nightly.types = Self.networks
            let scheduled = try await world.engine.submit(nightly, schedule: "nightly", at: world.clock.now).run
            // One call is under way, the others wait for its place.
            while world.gate.usage.waiting < Self.networks.count - 1 { await Task.yield() }
            var aliases = RefreshRequest()
            aliases.types = ["kms/alias"]
            let asked = try await world.engine.submit(aliases, trigger: .request(uid: 7)).run
            while world.gate.usage.waiting < Self.networks.count { await Task.yield() }
            // The gate holds the first call; later ones are answered at once.
            world.aws.answer { .ok(Self.empty($0)) }
            gate.open()
            #expect(await asked.finished().state == .succeeded)
            #expect(await scheduled.finished().state == .succeeded)
            #expect(world.aws.calls.map(\.operation).firstIndex(of: "ListAliases") == 1)
            #expect(world.aws.calls.count == options.types.count)
        }
    }

    @Test("an account of very many pages does not keep one of few waiting", .timeLimit(.minutes(1)))
    func smallAccountFirst() async throws {
        var options = World.Options()
        options.types = ["ec2/vpc", "sns/subscription", "glue/crawler", "lambda/function"]
        options.accounts = [World.account, World.other]
        options.workers = 2
        let many = (0..<100).map { [("p\($0)", 1)] }
        try await World.with(options) { world in
            world.aws.answer { call in
                let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
                guard let dialect else { return .ok("{}") }
                return dialect.estate(call.account == World.account ? many : [[("one", 1)]])(call)
            }
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            #expect(run.resources == 4 * (many.count + 1))
            let calls = world.aws.calls.map(\.account)
            let last = try #require(calls.lastIndex(of: World.other))
            #expect(last < calls.count / 10, "call \(last) of \(calls.count)")
        }
    }
}
