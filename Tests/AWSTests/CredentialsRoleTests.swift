import Synchronization
import Testing

@testable import AWS

@Suite("Credentials: STS over HTTP", .timeLimit(.minutes(1)))
struct CredentialsRoleTests {
    private static let role = "arn:aws:iam::111122223333:role/Reader"
    private static let base = Credentials(accessKeyID: "AKIDBASE", secretAccessKey: "\(secretMark)-base")
    private let time = TestTime()

    private func service(_ server: LocalServer) throws -> SecurityTokenService {
        SecurityTokenService(
            sender: try HTTPTransport(), region: "eu-west-1", endpointURL: server.url, clock: time.clock)
    }

    @Test("AssumeRole sends a signed query request and reads the keys")
    func assumeRole() async throws {
        let seen = Mutex<LocalServer.Request?>(nil)
        let server = try LocalServer { request, connection in
            seen.withLock { $0 = request }
            connection.reply(text: securityTokenReply(key: "AKIDROLE"))
        }
        let request = try AssumeRoleRequest(
            roleARN: Self.role, externalID: "a/b:c", sessionName: "me@host", durationInSeconds: 7200)
        let provider = RefreshingCredentials.assumingRole(
            request, base: StaticCredentials(Self.base), service: try service(server), clock: time.clock)
        let keys = try await provider.credentials()
        #expect(keys.accessKeyID == "AKIDROLE" && keys.secretAccessKey == "\(secretMark)&key")
        #expect(keys.sessionToken == "\(secretMark)<token" && keys.expiration == time.now + 3600)
        _ = try await provider.credentials()
        #expect(server.requestCount == 1)

        let sent = try #require(seen.withLock { $0 })
        #expect(sent.method == "POST" && sent.target == "/")
        #expect(
            formFields(sent.body) == [
                "Action": "AssumeRole", "Version": "2011-06-15", "DurationSeconds": "7200", "ExternalId": "a%2Fb%3Ac",
                "RoleArn": "arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FReader", "RoleSessionName": "me%40host",
            ])
        let authorization = try #require(sent["authorization"])
        #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDBASE/20270115/eu-west-1/sts/aws4_request"))
        #expect(sent["x-amz-security-token"] == nil)
    }

    @Test("A session on top of a session asks for one hour at most")
    func chained() async throws {
        let duration = Mutex<String?>(nil)
        let server = try LocalServer { request, connection in
            duration.withLock { $0 = formFields(request.body)["DurationSeconds"] }
            connection.reply(text: securityTokenReply(key: "AKIDROLE"))
        }
        var base = Self.base
        base.sessionToken = "\(secretMark)-token"
        let request = try AssumeRoleRequest(roleARN: Self.role, durationInSeconds: 43_200)
        _ = try await service(server).assumeRole(request, base: StaticCredentials(base))
        #expect(duration.withLock { $0 } == "3600")
    }

    @Test("A refusal names the role, AWS's code, its sentence and the request, and is not tried again")
    func refused() async throws {
        let server = try LocalServer { _, connection in
            connection.reply(403, text: securityTokenError("AccessDenied", "User: arn:x is not authorized"))
        }
        let request = try AssumeRoleRequest(roleARN: Self.role)
        let error = try await failure(server, request)
        #expect(error.kind == .refused(code: "AccessDenied"))
        #expect(error.message.contains(Self.role) && error.message.contains("r-2"))
        #expect(error.message.contains("User: arn:x is not authorized"))
        #expect(server.requestCount == 1)
    }

    @Test("What STS quotes of the signed request stays out of the error")
    func quoted() async throws {
        let server = try LocalServer { _, connection in
            connection.reply(403, text: securityTokenError("SignatureDoesNotMatch", "canonical \(secretMark)"))
        }
        let error = try await failure(server, AssumeRoleRequest(roleARN: Self.role))
        #expect(error.kind == .refused(code: "SignatureDoesNotMatch"))
    }

    @Test(
        "Throttles, server errors and broken answers are tried three times with jitter",
        arguments: ["throttle", "500", "reset", "no keys"])
    func retried(_ fault: String) async throws {
        let server = try LocalServer { _, connection in
            switch fault {
            case "throttle": connection.reply(400, text: securityTokenError("Throttling"))
            case "500": connection.reply(500, text: "oops \(secretMark)")
            case "reset": connection.reset()
            default: connection.reply(text: "<AssumeRoleResponse><AccessKeyId>\(secretMark)</AccessKeyId>")
            }
        }
        let error = try await failure(server, AssumeRoleRequest(roleARN: Self.role))
        #expect(error.kind == .unreachable)
        #expect(server.requestCount == 3)
        #expect(time.waits == [.milliseconds(500), .milliseconds(1000)])
    }

    @Test("After a throttle the next attempt succeeds")
    func recovered() async throws {
        let count = Mutex(0)
        let server = try LocalServer { _, connection in
            let number = count.withLock { count in
                count += 1
                return count
            }
            number == 1
                ? connection.reply(429, text: "") : connection.reply(text: securityTokenReply(key: "AKIDROLE"))
        }
        let keys = try await service(server).assumeRole(
            AssumeRoleRequest(roleARN: Self.role), base: StaticCredentials(Self.base))
        #expect(keys.accessKeyID == "AKIDROLE")
    }

    /// Gives other keys once the first were rejected.
    private actor Rotating: CredentialsProvider {
        private var number = 1
        func credentials() async throws(CredentialsError) -> Credentials {
            Credentials(accessKeyID: "AKID\(number)", secretAccessKey: "\(secretMark)-\(number)")
        }
        func invalidate(_ rejected: Credentials) async { number += 1 }
    }

    @Test("Expired calling keys are refreshed and used at once; keys that stay the same are not sent again")
    func expiredBase() async throws {
        let server = try LocalServer { request, connection in
            request["authorization"]?.contains("AKID2") == true
                ? connection.reply(text: securityTokenReply(key: "AKIDROLE"))
                : connection.reply(403, text: securityTokenError("ExpiredToken"))
        }
        let request = try AssumeRoleRequest(roleARN: Self.role)
        let keys = try await service(server).assumeRole(request, base: Rotating())
        #expect(keys.accessKeyID == "AKIDROLE")
        #expect(server.requestCount == 2)

        let error = try await failure(server, request)
        #expect(error.kind == .refused(code: "ExpiredToken"))
        #expect(server.requestCount == 3)
    }

    private func failure(_ server: LocalServer, _ request: AssumeRoleRequest) async throws -> CredentialsError {
        let service = try service(server)
        return try await credentialsFailure { () async throws(CredentialsError) in
            try await service.assumeRole(request, base: StaticCredentials(Self.base))
        }
    }

    @Test(
        "Requests outside the limits of STS are refused before anything is sent",
        arguments: [
            ("role/Reader", nil, "ok", 3600), ("arn:aws:iam::1:role/R", nil, "ok", 3600),
            ("arn:aws:iam::111122223333:user/R", nil, "ok", 3600), (role, nil, "x", 3600),
            (role, nil, "with space", 3600), (role, nil, "ümlaut", 3600),
            (role, nil, String(repeating: "x", count: 65), 3600), (role, "\(secretMark) x", "ok", 3600),
            (role, "", "ok", 3600), (role, nil, "ok", 899), (role, nil, "ok", 43_201),
        ] as [(String, String?, String, Int)])
    func limits(_ arguments: (String, String?, String, Int)) async throws {
        let error = try await credentialsFailure { () async throws(CredentialsError) in
            try AssumeRoleRequest(
                roleARN: arguments.0, externalID: arguments.1, sessionName: arguments.2,
                durationInSeconds: arguments.3)
        }
        #expect(error.kind == .badConfiguration)
    }

    @Test(
        "The host follows the region, the partition of the role, or the override",
        arguments: [
            ("eu-west-1", nil, "aws", "https://sts.eu-west-1.amazonaws.com/", "eu-west-1"),
            ("cn-north-1", nil, "aws-cn", "https://sts.cn-north-1.amazonaws.com.cn/", "cn-north-1"),
            (nil, nil, "aws", "https://sts.us-east-1.amazonaws.com/", "us-east-1"),
            (nil, nil, "aws-us-gov", "https://sts.us-gov-west-1.amazonaws.com/", "us-gov-west-1"),
            ("eu-west-1", "http://localhost:4566", "aws", "http://localhost:4566/", "eu-west-1"),
        ] as [(String?, String?, String, String, String)])
    func endpoint(_ row: (String?, String?, String, String, String)) throws {
        let request = try AssumeRoleRequest(roleARN: "arn:\(row.2):iam::111122223333:role/R")
        let endpoint = STSEndpoint(region: row.0, overrideURL: row.1)
        #expect(endpoint.url(for: request) == row.3)
        #expect(endpoint.region(for: request) == row.4)
    }

    @Test(
        "The signed host leaves out the scheme's own port",
        arguments: [
            ("https://STS.example:443/a", "sts.example", "/a/"), ("http://h:80", "h", "/"),
            ("http://h:5000", "h:5000", "/"),
        ])
    func place(_ url: String, _ host: String, _ path: String) throws {
        let request = try AssumeRoleRequest(roleARN: Self.role)
        let place = STSEndpoint(region: nil, overrideURL: url).place(for: request)
        #expect(place.host == host && place.path == path)
    }

    @Test("A web identity token is read anew for each refresh and sent unsigned")
    func webIdentity() async throws {
        let tokens = Mutex<[String]>([])
        let server = try LocalServer { request, connection in
            let fields = formFields(request.body)
            tokens.withLock { $0.append(fields["WebIdentityToken"] ?? "none") }
            let isRight = request["authorization"] == nil && fields["Action"] == "AssumeRoleWithWebIdentity"
            isRight ? connection.reply(text: securityTokenReply(key: "AKIDWEB")) : connection.reply(400)
        }
        let home = try TemporaryHome()
        let file = try home.write("token", "one\n")
        let source = WebIdentityCredentials(
            request: try AssumeRoleRequest(roleARN: Self.role), tokenFile: file, service: try service(server))
        #expect(try await source.fetch().accessKeyID == "AKIDWEB")
        try home.write("token", "two")
        _ = try await source.fetch()
        #expect(tokens.withLock { $0 } == ["one", "two"])

        for text in ["", String(repeating: secretMark, count: 4000)] {
            try home.write("token", text)
            let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
            #expect(error.kind == .badConfiguration && error.message.contains(file))
        }
        #expect(server.requestCount == 2)
    }

    @Test("Elements are found in any order, with prefixes and entities, and never half")
    func scanner() {
        let reply = SecurityTokenReply(Array("<a><s:Code x='1'>A&amp;&#66;&#x43;&bad;</s:Code><Empty/><Message>m".utf8))
        #expect(reply.errorCode == "A&BC&bad;")
        #expect(reply.text("Empty") == "")
        #expect(reply.errorMessage == nil)
        #expect(reply.text("a") == nil)
        #expect(SecurityTokenReply(Array("<".utf8)).errorCode == nil)
        #expect(SecurityTokenReply([]).credentials == nil)
    }
}
