import AWS
import Inventory
import Synchronization
import Testing

@testable import Refresh

/// Keys that end before the run does. AWS and STS answer over HTTP; each session has a number, which its token tells.
@Suite struct LongRunCredentialsTests {
    /// STS and a listing of pages in one AWS.
    private final class Sessions: Sendable {
        let clock = TestClock()
        /// How many sessions each account was given.
        private let given = Mutex<[String: Int]>([:])
        /// Sessions that are refused though they have not expired.
        private let revoked = Mutex<Set<String>>([])
        let lifetimeInSeconds = 3_600

        func count(_ account: String) -> Int { given.withLock { $0[account] ?? 0 } }
        func revoke(_ token: String) { _ = revoked.withLock { $0.insert(token) } }
        func isRevoked(_ token: String?) -> Bool { revoked.withLock { $0.contains(token ?? "") } }

        var options: World.Options {
            var options = World.Options()
            options.clock = clock
            options.credentials = { [clock] account, aws, sender in
                let time = ClientClock(
                    now: { clock.now }, sleep: { _ in try Task.checkCancellation() }, random: { 0.5 })
                guard
                    let role = try? AssumeRoleRequest(
                        roleARN: "arn:aws:iam::\(account):role/Read", externalID: nil, sessionName: "test")
                else { return World.credentials(account) }
                return RefreshingCredentials.assumingRole(
                    role, base: World.credentials("000000000000"),
                    service: SecurityTokenService(
                        sender: sender, region: "us-east-1", endpointURL: aws.url, clock: time), clock: time)
            }
            return options
        }

        /// The answer to AssumeRole: keys of the account until an hour from now.
        func session(_ call: FakeAWS.Call) -> FakeAWS.Answer {
            let account = call.field("RoleArn")?.split(separator: "%3A").dropFirst(3).first ?? ""
            let number = given.withLock { given in
                given[String(account), default: 0] += 1
                return given[String(account)] ?? 0
            }
            let end = RunID.stamp(clock.now + lifetimeInSeconds)
            let day = "\(end.prefix(4))-\(end.dropFirst(4).prefix(2))-\(end.dropFirst(6).prefix(2))"
            let time = "\(end.dropFirst(9).prefix(2)):\(end.dropFirst(11).prefix(2)):\(end.dropFirst(13).prefix(2))Z"
            return .ok(
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKID\(account)</AccessKeyId>"
                    + "<SecretAccessKey>s</SecretAccessKey><SessionToken>session-\(number)</SessionToken>"
                    + "<Expiration>\(day)T\(time)</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>")
        }
    }

    private static func pages(_ count: Int) -> [[(id: String, content: Int)]] {
        (0..<count).map { page in (0..<3).map { (id: "r\(page)-\($0)", content: 1) } }
    }

    private static func numbers(_ world: World, _ dialect: Dialect) -> [Int] {
        world.aws.calls.filter { $0.operation == dialect.call }.map { dialect.number(of: $0) }
    }

    @Test(
        "keys that are refused in the middle of a listing cost one call and one session, no page",
        arguments: Dialect.all)
    func refused(_ dialect: Dialect) async throws {
        let sessions = Sessions()
        var options = sessions.options
        options.types = [dialect.type]
        try await World.with(options) { world in
            let estate = dialect.estate(Self.pages(5))
            world.aws.answer { call in
                if call.operation == "AssumeRole" { return sessions.session(call) }
                if call.operation == dialect.call, dialect.number(of: call) == 3, call.token == "session-1" {
                    sessions.revoke("session-1")
                }
                return sessions.isRevoked(call.token)
                    ? dialect.error(403, "ExpiredTokenException", "the token has expired") : estate(call)
            }
            let run = try await world.refresh()
            #expect(run.outcomes == [.complete: 1])
            #expect(run.resources == 15)
            #expect(Self.numbers(world, dialect) == [0, 1, 2, 3, 3, 4])
            #expect(sessions.count(World.account) == 2)
        }
    }

    @Test("keys are renewed before they expire, while pages are read, and no call is made with expired ones")
    func renewed() async throws {
        let dialect = Dialect.ec2
        let sessions = Sessions()
        var options = sessions.options
        options.types = [dialect.type]
        try await World.with(options) { world in
            let estate = dialect.estate(Self.pages(8))
            world.aws.answer { call in
                if call.operation == "AssumeRole" { return sessions.session(call) }
                // A page takes twenty minutes: the eight last longer than two sessions.
                sessions.clock.advance(1_200)
                return estate(call)
            }
            let run = try await world.refresh()
            #expect(run.outcomes == [.complete: 1])
            #expect(run.resources == 24)
            #expect(Self.numbers(world, dialect) == Array(0..<8))
            #expect((3...4).contains(sessions.count(World.account)))
        }
    }

    @Test("STS is asked once for each account, however many listings start at once")
    func once() async throws {
        let sessions = Sessions()
        var options = sessions.options
        options.types = ["ec2/vpc", "sns/subscription", "glue/crawler", "lambda/function"]
        options.accounts = [World.account, World.other]
        options.regions = .listed([World.region, "eu-west-1", "us-east-1", "eu-central-1"])
        options.workers = 32
        try await World.with(options) { world in
            world.aws.answer { call in
                if call.operation == "AssumeRole" { return sessions.session(call) }
                let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
                return dialect?.estate(Self.pages(2))(call) ?? .ok("{}")
            }
            for _ in 0..<2 {
                let run = try await world.refresh()
                #expect(run.outcomes == [.complete: 32])
            }
            #expect(sessions.count(World.account) == 1)
            #expect(sessions.count(World.other) == 1)
        }
    }

    @Test("keys that stay refused end the listing as credentials, keep its rows, and do not hammer STS")
    func revoked() async throws {
        let dialect = Dialect.ec2
        let sessions = Sessions()
        var options = sessions.options
        options.types = [dialect.type]
        try await World.with(options) { world in
            let estate = dialect.estate(Self.pages(3))
            let isRevoked = Atomic(false)
            world.aws.answer { call in
                if call.operation == "AssumeRole" { return sessions.session(call) }
                return isRevoked.load(ordering: .relaxed) && dialect.number(of: call) == 1
                    ? dialect.error(400, "RequestExpired", "Request has expired.")
                    : estate(call)
            }
            try await world.refresh()
            isRevoked.store(true, ordering: .relaxed)
            let run = try await world.refresh()
            #expect(run.outcomes == [.credentials: 1])
            #expect(run.changes.deleted == 0)
            let rows = try await world.rows()
            #expect(rows.count == 9)
            #expect(sessions.count(World.account) <= 4)
        }
    }
}
