import Inventory
import Testing

@testable import Refresh

/// Pages, parents, children and follow-up calls, end to end.
@Suite struct ListingTests {
    private static func options(_ types: String...) -> World.Options {
        var options = World.Options()
        options.types = types
        return options
    }

    @Test("tokens that lead in a circle end the listing, whatever the circle's length", arguments: [1, 2, 5])
    func loop(length: Int) async throws {
        try await World.with(Self.options("ec2/vpc")) { world in
            world.aws.answer(Dialect.ec2.estate([[("old", 1)]]))
            try await world.refresh()
            world.aws.forgetCalls()
            world.aws.answer { call in
                let number = Dialect.ec2.number(of: call)
                return .ok(Dialect.ec2.page([("vpc-\(number)", 1)], "page-\(number % length + 1)"))
            }
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "ec2/vpc"))
            #expect(result.outcome == .failed)
            #expect(result.error?.code == "PaginationLoop")
            #expect(world.aws.calls.count < 25)
            #expect(try await world.rows()["old"] != nil)
        }
    }

    @Test("a reply that promises more and has no token is no proof")
    func missingToken() async throws {
        try await World.with(Self.options("kms/alias")) { world in
            let arn = "arn:aws:kms:me-south-1:111122223333:alias/"
            func page(_ names: [String], _ rest: String) -> String {
                let aliases = names.map { "{\"AliasName\":\"alias/\($0)\",\"AliasArn\":\"\(arn)\($0)\"}" }
                return "{\"Aliases\":[\(aliases.joined(separator: ","))]\(rest)}"
            }
            let first = page(["a", "b"], "")
            world.aws.answer { _ in .ok(first) }
            try await world.refresh()
            let second = page(["a"], ",\"Truncated\":true")
            world.aws.answer { _ in .ok(second) }
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "kms/alias"))
            #expect(result.outcome == .failed)
            #expect(result.error?.code == "MissingToken")
            #expect(try await world.rows().count == 2)
        }
    }

    @Test("record sets are paged by three tokens, and their unselected zone is listed but not stored")
    func recordSets() async throws {
        try await World.with(Self.options("route53/resource-record-set")) { world in
            world.aws.answer { call in
                if call.operation == "GET /2013-04-01/hostedzone" {
                    return .ok(
                        "<ListHostedZonesResponse xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><HostedZones>"
                            + "<HostedZone><Id>/hostedzone/Z1</Id><Name>a.example.</Name>"
                            + "<CallerReference>c</CallerReference></HostedZone></HostedZones>"
                            + "<IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesResponse>")
                }
                guard call.operation == "GET /2013-04-01/hostedzone/Z1/rrset" else { return .stall }
                let at = [call.field("name"), call.field("type"), call.field("identifier")]
                switch at {
                case [nil, nil, nil]: return .ok(Self.records("a", next: ("b", "blue")))
                case ["b", "A", "blue"]: return .ok(Self.records("b", set: "blue", next: ("c", nil)))
                case ["c", "A", nil]: return .ok(Self.records("c", next: nil))
                default: return .error(status: 400, headers: [], body: "<Error><Code>Unexpected</Code></Error>")
                }
            }
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            #expect(run.planned == 1)
            let keys = try await world.rows().keys.sorted()
            #expect(keys.map { $0.hasPrefix("resource-record-set/") } == [true, true, true])
            #expect(Set(keys.compactMap { $0.split(separator: "/").last }) == ["a|A", "b|A|blue", "c|A"])
            // No tags are asked of a zone that is not stored.
            #expect(world.aws.calls.count == 4)
        }
    }

    private static func records(_ name: String, set: String? = nil, next: (String, String?)?) -> String {
        let identifier = set.map { "<SetIdentifier>\($0)</SetIdentifier>" } ?? ""
        let more = next.map { next in
            "<NextRecordName>\(next.0)</NextRecordName><NextRecordType>A</NextRecordType>"
                + (next.1.map { "<NextRecordIdentifier>\($0)</NextRecordIdentifier>" } ?? "")
        }
        return "<ListResourceRecordSetsResponse xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
            + "<ResourceRecordSets><ResourceRecordSet><Name>\(name)</Name><Type>A</Type>\(identifier)</ResourceRecordSet>"
            + "</ResourceRecordSets><IsTruncated>\(more != nil)</IsTruncated>\(more ?? "")<MaxItems>1</MaxItems>"
            + "</ListResourceRecordSetsResponse>"
    }

    // MARK: Parents, children, batches

    private static func arn(_ rest: String) -> String { "arn:aws:ecs:me-south-1:111122223333:\(rest)" }

    /// Clusters and the services in each; `override` answers first.
    private static func containers(
        _ clusters: [String: [String]], override: @escaping @Sendable (FakeAWS.Call) -> FakeAWS.Answer? = { _ in nil }
    ) -> FakeAWS.Handler {
        { call in
            if let answer = override(call) { return answer }
            func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ",") }
            let cluster = clusters.keys.first { call.body.contains("\"cluster\":\"\(arn("cluster/" + $0))\"") } ?? ""
            switch call.operation {
            case "ListClusters": return .ok("{\"clusterArns\":[\(list(clusters.keys.map { arn("cluster/" + $0) }))]}")
            case "DescribeClusters":
                let documents = clusters.keys.map {
                    "{\"clusterArn\":\"\(arn("cluster/" + $0))\",\"clusterName\":\"\($0)\"}"
                }
                return .ok("{\"clusters\":[\(documents.joined(separator: ","))],\"failures\":[]}")
            case "ListServices":
                return .ok("{\"serviceArns\":[\(list((clusters[cluster] ?? []).map { arn("service/" + $0) }))]}")
            case "DescribeServices":
                let documents = (clusters[cluster] ?? []).map {
                    "{\"serviceArn\":\"\(arn("service/" + $0))\",\"serviceName\":\"\($0)\"}"
                }
                return .ok("{\"services\":[\(documents.joined(separator: ","))],\"failures\":[]}")
            default: return .stall
            }
        }
    }

    @Test("a parent that went away between its listing and its children's has no children, which is no failure")
    func parentGone() async throws {
        try await World.with(Self.options("ecs/cluster", "ecs/service")) { world in
            world.aws.answer(Self.containers(["one": ["web"], "two": ["db"]]))
            #expect(try await world.refresh().state == .succeeded)
            #expect(try await world.rows().count == 4)
            world.aws.answer(
                Self.containers(["one": ["web"], "two": ["db"]]) { call in
                    guard call.operation == "ListServices", call.body.contains("cluster/two") else { return nil }
                    return Dialect.json.error(400, "ClusterNotFoundException", "Cluster not found.")
                })
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            let services = try await world.rows(type: "ecs/service")
            #expect(Array(services.keys) == [Self.arn("service/web")])
        }
    }

    @Test("children of a listing that failed are neither proof nor deleted", arguments: [true, false])
    func parentFailed(isSelected: Bool) async throws {
        var options = Self.options("ecs/service")
        if isSelected { options.types.append("ecs/cluster") }
        try await World.with(options) { world in
            world.aws.answer(Self.containers(["one": ["web"], "two": ["db"]]))
            try await world.refresh()
            let before = try await world.rows()
            #expect(before.count == (isSelected ? 4 : 2))
            world.aws.answer(
                Self.containers(["one": ["web"]]) { call in
                    guard call.operation == "ListClusters" else { return nil }
                    return Dialect.json.error(400, "AccessDeniedException", "no")
                })
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "ecs/service"))
            #expect(result.outcome == .denied)
            #expect(result.error?.operation == "ListClusters")
            #expect(try await world.rows() == before)
            #expect(run.state == .failed)
        }
    }

    @Test("a resource that a batch does not answer is gone")
    func batchGone() async throws {
        try await World.with(Self.options("ecs/service")) { world in
            world.aws.answer(Self.containers(["one": ["web", "db"]]))
            try await world.refresh()
            world.aws.answer(
                Self.containers(["one": ["web", "db"]]) { call in
                    guard call.operation == "DescribeServices" else { return nil }
                    return .ok(
                        "{\"services\":[{\"serviceArn\":\"\(Self.arn("service/web"))\"}],"
                            + "\"failures\":[{\"arn\":\"\(Self.arn("service/db"))\",\"reason\":\"MISSING\"}]}")
                })
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            #expect(Array(try await world.rows().keys) == [Self.arn("service/web")])
        }
    }

    @Test("a batch that answers what was not asked proves nothing gone")
    func batchUnmatched() async throws {
        try await World.with(Self.options("ecs/service")) { world in
            world.aws.answer(Self.containers(["one": ["web", "db"]]))
            try await world.refresh()
            world.aws.answer(
                Self.containers(["one": ["web", "db"]]) { call in
                    guard call.operation == "DescribeServices" else { return nil }
                    return .ok("{\"services\":[{\"serviceArn\":\"web\"},{\"serviceArn\":\"db\"}],\"failures\":[]}")
                })
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "ecs/service"))
            #expect(result.outcome == .failed)
            #expect(result.error?.code == "UnmatchedReply")
            #expect(try await world.rows().count == 2)
        }
    }

    // MARK: Details and enrichments

    /// Roles of IAM with a description each; `override` answers first.
    private static func roles(
        _ roles: [String: String], override: @escaping @Sendable (FakeAWS.Call) -> FakeAWS.Answer? = { _ in nil }
    ) -> FakeAWS.Handler {
        { call in
            if let answer = override(call) { return answer }
            func role(_ name: String) -> String {
                "<RoleName>\(name)</RoleName><Arn>arn:aws:iam::111122223333:role/\(name)</Arn><Path>/</Path>"
                    + "<Description>\(roles[name] ?? "")</Description>"
            }
            let inner =
                switch call.operation {
                case "ListRoles":
                    "<Roles>\(roles.keys.sorted().map { "<member>\(role($0))</member>" }.joined())</Roles>"
                        + "<IsTruncated>false</IsTruncated>"
                case "GetRole": "<Role>\(role(call.field("RoleName") ?? ""))</Role>"
                case "ListAttachedRolePolicies": "<AttachedPolicies/><IsTruncated>false</IsTruncated>"
                default: "<PolicyNames/><IsTruncated>false</IsTruncated>"
                }
            return .ok(
                "<\(call.operation)Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><\(call.operation)Result>"
                    + inner + "</\(call.operation)Result></\(call.operation)Response>")
        }
    }

    private static func role(_ name: String) -> String { "arn:aws:iam::111122223333:role/\(name)" }

    @Test("a resource that is gone when its detail is asked for is gone")
    func detailGone() async throws {
        try await World.with(Self.options("iam/role")) { world in
            world.aws.answer(Self.roles(["a": "1", "b": "1"]))
            try await world.refresh()
            world.aws.answer(
                Self.roles(["a": "1", "b": "1"]) { call in
                    guard call.operation == "GetRole", call.field("RoleName") == "b" else { return nil }
                    return Dialect.query.error(404, "NoSuchEntity", "gone")
                })
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "iam/role"))
            #expect(result.outcome == .complete)
            #expect(result.changes.deleted == 1)
            #expect(Array(try await world.rows().keys) == [Self.role("a")])
        }
    }

    @Test(
        "where a follow-up call is denied, known resources stay as they are, new ones are stored, the listing says so")
    func enrichmentDenied() async throws {
        try await World.with(Self.options("iam/role")) { world in
            world.aws.answer(Self.roles(["a": "1", "b": "1", "gone": "1"]))
            try await world.refresh()
            let before = try await world.rows()
            world.clock.advance(60)
            world.aws.answer(
                Self.roles(["a": "2", "b": "2", "new": "2"]) { call in
                    guard call.operation == "ListRolePolicies", call.field("RoleName") != "b" else { return nil }
                    return Dialect.query.error(403, "AccessDenied", "no")
                })
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "iam/role"))
            #expect(result.outcome == .denied)
            #expect(result.error?.operation == "ListRolePolicies")
            let after = try await world.rows()
            #expect(Set(after.keys) == Set(["a", "b", "new", "gone"].map(Self.role)))
            #expect(after[Self.role("a")] == before[Self.role("a")])
            #expect(after[Self.role("b")]?.digest != before[Self.role("b")]?.digest)
            #expect(result.changes.created == 1)
            #expect(result.changes.updated == 1)
            #expect(result.changes.deleted == 0)
        }
    }

    @Test("two resources under one key fail the listing and are named")
    func collision() async throws {
        try await World.with(Self.options("ec2/vpc")) { world in
            world.aws.answer(Dialect.ec2.estate([[("a", 1), ("gone", 1)]]))
            try await world.refresh()
            world.aws.answer(Dialect.ec2.estate([[("a", 2)], [("a", 3), ("b", 1)]]))
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "ec2/vpc"))
            #expect(result.outcome == .failed)
            #expect(result.error?.code == "KeyCollision")
            #expect(Set(try await world.rows().keys) == ["a", "b", "gone"])
            #expect(run.state == .failed)
        }
    }
}
