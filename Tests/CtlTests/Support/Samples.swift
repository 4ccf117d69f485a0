import Control
import JSON

/// Records as a daemon would send them.
enum Samples {
    static let time = Timestamp(secondsSinceEpoch: 1_705_314_600)  // 2024-01-15T10:30:00Z

    static func run(
        _ state: RunState = .succeeded, id: String = "r1", outcomes: [String: Int] = ["complete": 3, "empty": 1]
    ) -> RunSummary {
        RunSummary(
            id: id, trigger: .request, callerUID: 1000,
            request: RunRequest(services: ["ec2"], types: [], accounts: [], regions: ["eu-west-1"], force: false),
            state: state, startedAt: time, finishedAt: state.isFinal ? later(100) : nil, planned: 4,
            outcomes: outcomes, resources: 42, created: 1, updated: 2, deleted: 3, unchanged: 36, renewed: 0)
    }

    static func later(_ seconds: Int) -> Timestamp { Timestamp(secondsSinceEpoch: time.secondsSinceEpoch + seconds) }

    static let progress = Progress(
        planned: 4, finished: 2, outcomes: ["complete": 1, "denied": 1], resources: 20,
        services: [
            ServiceProgress(service: "ec2", planned: 3, finished: 1),
            ServiceProgress(service: "s3", planned: 1, finished: 1),
        ])

    static let instance = Resource(
        service: "ec2", resourceType: "ec2/instance", accountID: "111122223333", region: "eu-west-1",
        resourceID: "i-0", arn: "arn:aws:ec2:eu-west-1:111122223333:instance/i-0", name: "wéb, \"one\"",
        tags: ["Name": "wéb, \"one\"", "env": "prod"], updatedAt: time, ttl: 1_713_090_600,
        data: ["InstanceId": "i-0", "CpuOptions": ["CoreCount": 2]])

    static let bucket = Resource(
        service: "s3", resourceType: "s3/bucket", accountID: "111122223333", region: "global",
        resourceID: "logs\u{1B}[31m", tags: .object([]), updatedAt: time, ttl: 1_713_090_600, data: .object([]))

    static let update = Change(
        sequence: 7, time: time, run: "r1", kind: .updated, service: "ec2", resourceType: "ec2/instance",
        accountID: "111122223333", region: "eu-west-1", resourceID: "i-0", arn: instance.arn, name: "wéb",
        diff: [["path": "State.Name", "old": "running", "new": "stopped\u{1B}[31m"]])

    static let deletion = Change(
        sequence: 8, time: later(60), kind: .deleted, service: "s3", resourceType: "s3/bucket",
        accountID: "111122223333", region: "global", resourceID: "logs")

    static let denied = ListingReport(
        type: "ec2/vpc", account: "111122223333", region: "eu-west-1", outcome: "denied",
        error: ListingFault(
            operation: "DescribeVpcs", code: "UnauthorizedOperation", message: "You are not authorized",
            requestID: "req-1"), count: 0)

    static let coverage = CoverageReply(
        run: "r1", state: .partial, planned: 2, outcomes: ["complete": 1, "denied": 1],
        listings: [
            ListingReport(
                type: "ec2/instance", account: "111122223333", region: "eu-west-1", outcome: "complete", count: 42),
            denied,
        ])

    static let unit = UnitMetadata(
        service: "ec2", accountID: "111122223333", region: "eu-west-1", updatedAt: time, resourceCount: 42,
        status: "ok", lastAttemptAt: time, lastGoodAt: time,
        outcomes: [TypeOutcome(type: "ec2/instance", outcome: "complete", count: 42)])

    static let status = StatusReply(
        version: "9.9.9", startedAt: time, state: "ready", activeRuns: [run(.running, id: "r2")],
        store: StoreInfo(type: "sqlite", location: "/var/lib/inventory.db"), nextRun: later(3600),
        nextSchedule: "nightly", accounts: 3, lastRun: run())

    static let schedule = ScheduleInfo(
        name: "nightly", expression: "cron(0 2 * * ? *)", timeZone: "UTC", next: later(3600), services: [],
        accounts: ["111122223333"])

    static let services = ServicesReply(services: [
        ServiceInfo(
            service: "ec2", isGlobal: false,
            types: [
                ResourceTypeInfo(type: "ec2/instance", selected: true),
                ResourceTypeInfo(type: "ec2/vpc", selected: false),
            ]),
        ServiceInfo(service: "s3", isGlobal: true, types: [ResourceTypeInfo(type: "s3/bucket", selected: true)]),
    ])

    static let types = TypesReply(types: [
        TypeDescription(
            type: "ecs/service", service: "ecs", group: "core", selected: true, isGlobal: false,
            operation: "ListServices", followUps: ["DescribeServices"],
            actions: ["ecs:DescribeServices", "ecs:ListServices"], guessedActions: [], key: "arn", id: "@", arn: "@",
            parent: "ecs/cluster", redacted: [], volatile: ["runningCount"])
    ])
    static func policy(_ name: String) -> PolicyDocument {
        PolicyDocument(
            name: name, audience: .member, attachTo: "arn:aws:iam::111122223333:role/R", accounts: ["111122223333"],
            characters: 40, document: ["Version": "2012-10-17", "Statement": [["Sid": .string(name)]]])
    }
    static let trust = TrustPolicyReply(
        account: "111122223333", roleARN: "arn:aws:iam::111122223333:role/R",
        document: ["Version": "2012-10-17", "Statement": []], notes: ["no external id"])
    static func check(_ area: CheckArea, _ state: CheckState) -> DoctorCheck {
        DoctorCheck(
            area: area, check: area.rawValue, account: area == .account ? "111122223333" : nil, state: state,
            message: "seen", advice: state == .failed ? "do this" : nil, actions: [])
    }

    static let account = AccountInfo(
        id: "111122223333", name: "production", origin: "configuration", roleARN: "arn:aws:iam::111122223333:role/R",
        regions: ["eu-west-1", "us-east-1"], lastGoodAt: time)
}
