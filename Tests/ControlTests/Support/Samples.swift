import JSON

@testable import Control

/// Values of every record, once with everything set and once with everything left out that may be.
enum Samples {
    static let time = Timestamp(secondsSinceEpoch: 1_705_314_600)

    static let request = RunRequest(
        services: ["ec2"], types: ["rds/db-cluster"], accounts: ["111122223333"], regions: ["eu-west-1"], force: true)

    static let summary = RunSummary(
        id: "r1", trigger: .request, schedule: "nightly", callerUID: 1000, callerName: "alice", request: request,
        state: .partial, startedAt: time, finishedAt: time, planned: 3, outcomes: ["complete": 2, "denied": 1],
        resources: 7, created: 1, updated: 2, deleted: 3, unchanged: 4, renewed: 1)

    static let bareSummary = RunSummary(
        id: "r2", trigger: .schedule,
        request: RunRequest(services: [], types: [], accounts: [], regions: [], force: false),
        state: .running, startedAt: time, planned: 0, outcomes: [:], resources: 0, created: 0, updated: 0, deleted: 0,
        unchanged: 0, renewed: 0)

    static let progress = Progress(
        planned: 3, finished: 1, outcomes: ["complete": 1], resources: 5,
        services: [ServiceProgress(service: "ec2", planned: 3, finished: 1)])

    static let fault = ListingFault(
        operation: "DescribeInstances", code: "AccessDenied", message: "no \"way\"\n", requestID: "q")

    static let resource = Resource(
        service: "ec2", resourceType: "ec2/instance", accountID: "111122223333", region: "eu-west-1", resourceID: "i-0",
        arn: "arn:aws:ec2:eu-west-1:111122223333:instance/i-0", name: "wéb 🦊", tags: ["Name": "wéb 🦊"], updatedAt: time,
        ttl: 1_713_090_600, data: ["InstanceId": "i-0", "Cores": 2, "Price": .decimal("1.50"), "Deep": [[[nil]]]])

    static let bareResource = Resource(
        service: "s3", resourceType: "s3/bucket", accountID: "111122223333", region: "global", resourceID: "b",
        tags: .object([]), updatedAt: time, ttl: 0, data: .object([]))

    static let change = Change(
        sequence: 7, time: time, run: "r1", kind: .updated, service: "ec2", resourceType: "ec2/instance",
        accountID: "111122223333", region: "eu-west-1", resourceID: "i-0", arn: "arn:aws:x", name: "wéb 🦊",
        diff: [
            ["path": "State.Name", "old": "running", "new": "stopped"],
            ["path": "Deep", "old": nil, "new": [[1, true]]],
        ])

    static let bareChange = Change(
        sequence: 8, time: time, kind: .deleted, service: "s3", resourceType: "s3/bucket", accountID: "1",
        region: "global", resourceID: "b")

    static let selection = ChangeSelection(
        service: "ec2", type: "ec2/vpc", account: "1", region: "eu-west-1", id: "i", kind: .created)

    static let unit = UnitMetadata(
        service: "ec2", accountID: "111122223333", region: "eu-west-1", updatedAt: time, resourceCount: 5, status: "ok",
        lastAttemptAt: time, lastGoodAt: time,
        outcomes: [
            TypeOutcome(type: "ec2/vpc", outcome: "denied", count: 0, error: "AccessDenied: no"),
            TypeOutcome(type: "ec2/subnet", outcome: "empty", count: 0),
        ])

    static let bareUnit = UnitMetadata(
        service: "s3", accountID: "1", region: "global", resourceCount: 0, status: "failed", lastAttemptAt: time,
        outcomes: [])

    /// Parameters of each method: full and bare.
    static let parameters: [(method: CollectorMethod, values: [any CallParameters])] = [
        (
            .refresh,
            [
                RefreshParameters(
                    services: ["ec2"], accounts: ["1"], regions: ["eu-west-1"], types: ["ec2/vpc"], force: true),
                RefreshParameters(),
            ]
        ),
        (.cancel, [CancelParameters(run: "r")]),
        (.runs, [RunsParameters(limit: 3), RunsParameters()]),
        (.describeRun, [DescribeRunParameters(run: "r")]),
        (.status, [StatusParameters()]),
        (.metadata, [MetadataParameters(service: "ec2"), MetadataParameters()]),
        (
            .list,
            [
                ListParameters(
                    service: "ec2", type: "ec2/vpc", account: "1", region: "eu-west-1", name: "n", tags: ["a": "b"],
                    cursor: "c", limit: 10, at: time), ListParameters(),
            ]
        ),
        (.get, [GetParameters(id: "i-0", history: true, at: time), GetParameters(id: "i-0")]),
        (
            .changes,
            [
                ChangesParameters(since: 3, sinceTime: time, filter: selection, limit: 5), ChangesParameters(),
            ]
        ),
        (.monitor, [MonitorParameters(since: 3, filter: selection), MonitorParameters()]),
        (.schedules, [SchedulesParameters()]),
        (.coverage, [CoverageParameters(run: "r", cursor: "c", limit: 1), CoverageParameters()]),
        (.services, [ServicesParameters()]),
        (.accounts, [AccountsParameters()]),
        (.reload, [ReloadParameters()]),
        (.configuration, [ConfigurationParameters()]),
        (.types, [TypesParameters(patterns: ["rds/*"], selected: true), TypesParameters()]),
        (
            .iamPolicy,
            [IAMPolicyParameters(audience: .member, account: "1", split: .inline), IAMPolicyParameters()]
        ),
        (.trustPolicy, [TrustPolicyParameters(account: "1")]),
        (.doctor, [DoctorParameters(accounts: ["1"]), DoctorParameters()]),
    ]

    /// Replies of each method: full and bare.
    static let replies: [(method: CollectorMethod, values: [any WireRecord])] = [
        (
            .refresh,
            [
                RefreshReply(run: "r", joined: true, state: .running, progress: progress, summary: summary),
                RefreshReply(run: "r", joined: false, state: .running),
            ]
        ),
        (.cancel, [CancelReply(run: "r", state: .cancelled)]),
        (.runs, [RunsReply(runs: [summary, bareSummary]), RunsReply(runs: [])]),
        (
            .describeRun,
            [
                DescribeRunReply(run: "r", state: .failed, progress: progress, summary: summary),
                DescribeRunReply(run: "r", state: .interrupted),
            ]
        ),
        (.status, [status, bareStatus]),
        (
            .metadata,
            [MetadataReply(lastUpdate: time, service: "ec2", units: [unit, bareUnit]), MetadataReply(units: [])]
        ),
        (.list, [ListReply(resources: [resource, bareResource], cursor: "c"), ListReply(resources: [])]),
        (.get, [GetReply(resources: [resource], changes: [change, bareChange]), GetReply(resources: [resource])]),
        (.changes, [ChangesReply(changes: [change, bareChange], sequence: 8, newest: 9, keptSince: time)]),
        (.monitor, [MonitorReply(changes: [change], sequence: 7)]),
        (.schedules, [SchedulesReply(schedules: [schedule, bareSchedule])]),
        (.coverage, [coverage, bareCoverage]),
        (.services, [services]),
        (.accounts, [AccountsReply(accounts: [account, bareAccount])]),
        (.reload, [ReloadReply(warnings: ["a:1:1: b"])]),
        (.configuration, [ConfigurationReply(text: "[Collector]\nWorkers=32\n")]),
        (.types, [types]),
        (.iamPolicy, [policies]),
        (.trustPolicy, [trust]),
        (.doctor, [doctor]),
    ]

    static let errors: [CollectorError] = [
        .noSuchService("x"), .noSuchType("x/y"), .noSuchAccount("1"), .noSuchRegion("r"), .noSuchRun("r"),
        .noSuchResource("i"), .changesGone(oldest: 7), .noSuchChange(newest: 9), .noHistory(since: time),
        .notSupported("not here"), .runFinished("r"), .storeUnavailable("full"), .reloadFailed(["a:1:2: b", "c"]),
        .busy("much"), .shuttingDown, .replyTooLarge(7), .invalidParameter("limit"), .permissionDenied,
        .accessFailed("no keys"), .noRole("1"),
    ]

    static let status = StatusReply(
        version: "1", startedAt: time, state: "ready", activeRuns: [summary],
        store: StoreInfo(type: "sqlite", location: "/var/lib/x.db"), nextRun: time, nextSchedule: "nightly",
        accounts: 3,
        lastRun: summary, problems: ["the store cannot be used: no space"])
    static let bareStatus = StatusReply(
        version: "1", startedAt: time, state: "starting", activeRuns: [],
        store: StoreInfo(type: "sqlite", location: ""), accounts: 0)
    static let schedule = ScheduleInfo(
        name: "nightly", expression: "cron(0 2 * * ? *)", timeZone: "UTC", next: time, last: time, services: ["ec2"],
        accounts: ["1"])
    static let bareSchedule = ScheduleInfo(
        name: "once", expression: "at(2020-01-01T00:00:00)", timeZone: "UTC", services: [], accounts: [])
    static let coverage = CoverageReply(
        run: "r", state: .partial, planned: 2, outcomes: ["empty": 1, "denied": 1],
        listings: [
            ListingReport(
                type: "ec2/vpc", account: "1", region: "eu-west-1", outcome: "denied", error: fault, count: 0),
            ListingReport(type: "s3/bucket", account: "1", region: "aws-global", count: 0),
        ], cursor: "c")
    static let bareCoverage = CoverageReply(run: "r", state: .running, planned: 0, outcomes: [:], listings: [])
    static let services = ServicesReply(services: [
        ServiceInfo(service: "s3", isGlobal: true, types: [ResourceTypeInfo(type: "s3/bucket", selected: true)])
    ])
    static let account = AccountInfo(
        id: "1", name: "production", origin: "configuration", roleARN: "arn:aws:iam::1:role/R", regions: ["eu-west-1"],
        lastGoodAt: time, error: fault)
    static let bareAccount = AccountInfo(id: "2", origin: "caller", regions: [])

    static let types = TypesReply(types: [
        TypeDescription(
            type: "ecs/service", service: "ecs", group: "core", selected: true, isGlobal: false,
            operation: "ListServices", followUps: ["DescribeServices"],
            actions: ["ecs:DescribeServices", "ecs:ListServices"], guessedActions: ["ecs:DescribeServices"], key: "arn",
            id: "@", arn: "@", name: "serviceName", tags: "tags", tagOperation: "DescribeServices",
            parent: "ecs/cluster", redacted: ["a.b"], volatile: ["runningCount"], cloudFormation: "AWS::ECS::Service"),
        TypeDescription(
            type: "s3/bucket", service: "s3", group: "all", selected: false, isGlobal: true, operation: "ListBuckets",
            followUps: [], actions: ["s3:ListAllMyBuckets"], guessedActions: [], key: "id", id: "Name", redacted: [],
            volatile: []),
    ])
    static let policies = IAMPolicyReply(
        documents: [
            PolicyDocument(
                name: "inventory-member", audience: .member, attachTo: "arn:aws:iam::1:role/R", accounts: ["1"],
                characters: 30, document: ["Version": "2012-10-17", "Statement": []])
        ], notes: ["one"])
    static let trust = TrustPolicyReply(
        account: "1", roleARN: "arn:aws:iam::1:role/R", document: ["Version": "2012-10-17", "Statement": []], notes: [])
    static let doctor = DoctorReply(checks: [
        DoctorCheck(
            area: .account, check: "permissions", account: "1", state: .failed, message: "m", advice: "a",
            actions: ["ec2:DescribeVpcs"]),
        DoctorCheck(area: .host, check: "state-directory", state: .ok, message: "m", actions: []),
    ])
}
