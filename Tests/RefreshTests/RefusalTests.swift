import Inventory
import Testing

@testable import Refresh

/// Keys that AWS does not know mean a region that is not enabled, or keys that are gone: AWS is asked which.
@Suite struct RefusalTests {
    private static func failure(_ code: String = "AuthFailure") -> ListingFailure {
        var failure = ListingFailure(
            outcome: .credentials, error: ListingError(operation: "DescribeVpcs", code: code, message: "no"))
        failure.isUnsettled = true
        return failure
    }

    @Test(
        "what STS and the region list say decides, and where they say nothing, what is most likely",
        arguments: [
            (.refused, ["me-south-1": false], "me-south-1", "AuthFailure", .credentials),
            (.refused, nil, "me-south-1", "AuthFailure", .credentials),
            (.known, ["me-south-1": false], "me-south-1", "AuthFailure", .notEnabled),
            (.known, ["me-south-1": true], "me-south-1", "AuthFailure", .credentials),
            (.known, ["us-east-1": false], "us-east-1", "InvalidClientTokenId", .notEnabled),
            (.known, nil, "me-south-1", "AuthFailure", .notEnabled),
            (.known, nil, "eu-west-1", "AuthFailure", .credentials),
            (.known, ["eu-west-1": true], "xx-new-9", "AuthFailure", .notEnabled),
            (.unasked, nil, "me-south-1", "AuthFailure", .notEnabled),
            (.unasked, nil, "eu-west-1", "AuthFailure", .credentials),
            (.unasked, nil, "aws-global", "InvalidAccessKeyId", .credentials),
            (.unasked, nil, "us-gov-west-1", "AuthFailure", .credentials),
            (.unasked, nil, "cn-north-1", "AuthFailure", .credentials),
            (.known, ["me-south-1": false], "me-south-1", "SignatureDoesNotMatch", .failed),
            (.refused, nil, "me-south-1", "SignatureDoesNotMatch", .credentials),
        ] as [(RefusalFacts.Identity, [String: Bool]?, String, String, Outcome)])
    func verdicts(
        identity: RefusalFacts.Identity, enabled: [String: Bool]?, region: String, code: String, outcome: Outcome
    ) {
        let settled = RefusalFacts(identity: identity, enabled: enabled).settle(Self.failure(code), region: region)
        #expect(settled.outcome == outcome)
        #expect(settled.error.code == code)
        #expect(settled.error.message.hasPrefix("no ("))
        #expect(!settled.isUnsettled)
    }

    private static func identity(_ call: FakeAWS.Call) -> FakeAWS.Answer {
        .ok(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                + "<Account>\(call.account)</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
    }

    private static func regions(_ status: String) -> FakeAWS.Answer {
        .ok(
            "<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><regionInfo><item>"
                + "<regionName>\(World.region)</regionName><optInStatus>\(status)</optInStatus></item></regionInfo>"
                + "</DescribeRegionsResponse>")
    }

    private static let types = ["ec2/subnet", "ec2/vpc", "glue/crawler", "sns/subscription", "sns/topic"]

    /// Every service of the region refuses the keys; `identity` and `regions` answer in the home region.
    private func run(
        identity: @escaping FakeAWS.Handler, regions: FakeAWS.Answer, accountRegions: FakeAWS.Answer? = nil,
        _ body: (World, RunRecord) async throws -> Void
    ) async throws {
        var options = World.Options()
        options.types = Self.types
        options.workers = 2
        try await World.with(options) { world in
            world.aws.answer { call in
                switch call.operation {
                case "GetCallerIdentity": identity(call)
                case "DescribeRegions": regions
                case "POST /listRegions": accountRegions ?? Dialect.restJSON.error(403, "AccessDeniedException", "no")
                default:
                    call.service == "glue"
                        ? Dialect.json.error(400, "UnrecognizedClientException", "invalid")
                        : Dialect.query.error(403, "InvalidClientTokenId", "invalid")
                }
            }
            try await body(world, try await world.refresh())
        }
    }

    @Test("a region that the account has not enabled is told as such, and is hardly called again in the run")
    func notEnabled() async throws {
        try await run(identity: { Self.identity($0) }, regions: Self.regions("not-opted-in")) { world, run in
            #expect(run.outcomes == [.notEnabled: Self.types.count])
            #expect(run.state == .succeeded)
            let calls = world.aws.calls
            #expect(calls.count { $0.operation == "GetCallerIdentity" } == 1)
            #expect(calls.count { $0.operation == "DescribeRegions" } == 1)
            #expect(calls.allSatisfy { $0.operation != "GetCallerIdentity" || $0.region == "us-east-1" })
            for result in try await world.results(run) { #expect(result.error != nil) }
            // The next run asks again: the region may have been enabled.
            world.aws.forgetCalls()
            try await world.refresh()
            #expect(world.aws.calls.count { $0.operation == "GetCallerIdentity" } == 1)
        }
    }

    @Test("keys that STS does not know either are a matter of credentials, in an opt-in region too")
    func refused() async throws {
        try await run(
            identity: { _ in Dialect.query.error(403, "InvalidClientTokenId", "invalid") },
            regions: Self.regions("not-opted-in")
        ) { world, run in
            #expect(run.outcomes == [.credentials: Self.types.count])
            let result = try #require(try await world.result(run, "ec2/vpc"))
            #expect(result.error?.message.contains("STS refuses the keys too") == true)
        }
    }

    @Test("keys that are good, in a region that is enabled, are told as credentials with what was found out")
    func enabled() async throws {
        try await run(identity: { Self.identity($0) }, regions: Self.regions("opted-in")) { world, run in
            #expect(run.outcomes == [.credentials: Self.types.count])
            let result = try #require(try await world.result(run, "ec2/vpc"))
            #expect(result.error?.message.contains("has enabled the region") == true)
        }
    }

    @Test("where EC2 may not be asked for the regions, Account Management is")
    func accountManagement() async throws {
        try await run(
            identity: { Self.identity($0) }, regions: Dialect.ec2.error(403, "UnauthorizedOperation", "no"),
            accountRegions: .ok(
                "{\"Regions\":[{\"RegionName\":\"\(World.region)\",\"RegionOptStatus\":\"DISABLED\"}]}")
        ) { _, run in
            #expect(run.outcomes == [.notEnabled: Self.types.count])
        }
    }
}
