import Synchronization
import Testing

@testable import AWS

@Suite("Credentials: container and instance metadata", .timeLimit(.minutes(1)))
struct CredentialsMetadataTests {
    private let time = TestTime()

    private static func document(_ expiration: String = inOneHour, code: String = "Success") -> String {
        #"{"Code": "\#(code)", "AccessKeyId": "AKIDMETA", "SecretAccessKey": "\#(secretMark)", "#
            + #""Token": "\#(secretMark)-t", "Expiration": "\#(expiration)", "Type": "AWS-HMAC"}"#
    }

    private func exchange(_ sender: any HTTPSender) -> CredentialsExchange {
        CredentialsExchange(sender: sender, clock: time.clock)
    }

    // MARK: Container

    private func container(_ environment: [String: String]) throws -> ContainerCredentials {
        ContainerCredentials(environment: environment, exchange: exchange(try HTTPTransport()))
    }

    @Test("The agent is asked with the token of the file, read anew each time")
    func containerKeys() async throws {
        let tokens = Mutex<[String?]>([])
        let server = try LocalServer { request, connection in
            tokens.withLock { $0.append(request["Authorization"]) }
            connection.reply(text: Self.document())
        }
        let home = try TemporaryHome()
        let file = try home.write("token", "Basic one")
        let source = try container([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/k?a=1", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "unused",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file,
        ])
        let keys = try await source.fetch()
        #expect(keys.accessKeyID == "AKIDMETA" && keys.expiration == time.now + 3600)
        try home.write("token", "Basic two")
        _ = try await source.fetch()
        #expect(tokens.withLock { $0 } == ["Basic one", "Basic two"])
    }

    @Test("The token of the environment is sent when there is no file")
    func containerToken() async throws {
        let token = Mutex<String?>(nil)
        let server = try LocalServer { request, connection in
            token.withLock { $0 = request["Authorization"] }
            connection.reply(text: Self.document())
        }
        _ = try await container([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "plain",
        ]).fetch()
        #expect(token.withLock { $0 } == "plain")
    }

    /// Notes where a request would go, for addresses that tests cannot listen on.
    private final class Recorder: HTTPSender {
        private let state = Mutex<[String]>([])
        var urls: [String] { state.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPReply {
            state.withLock { $0.append(request.url) }
            throw .unreachable(host: "x", reason: "recorded")
        }
    }

    @Test(
        "Plain HTTP goes to loopback and the agents' addresses only",
        arguments: [
            ("http://127.0.0.1/k", true), ("http://127.9.9.9:81/k", true), ("http://[::1]/k", true),
            ("http://localhost:8080/k", true), ("http://169.254.170.2/k", true), ("http://169.254.170.23/v1", true),
            ("http://[fd00:ec2::23]/v1", true), ("https://example.com/k", true), ("http://example.com/k", false),
            ("http://169.254.170.24/k", false), ("http://127.0.0.1.example.com/k", false),
            ("http://127.0.0.1@example.com/k", false), ("http://example.com\\@127.0.0.1/", false),
            ("http://127.0.0.256/k", false), ("ftp://127.0.0.1/k", false), ("http:///k", false), ("", false),
            ("http://[::1/k", false), ("http://[::1]@example.com/k", false),
        ])
    func hosts(_ url: String, _ isAllowed: Bool) async throws {
        let recorder = Recorder()
        let source = ContainerCredentials(
            environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], exchange: exchange(recorder))
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(error.kind == (isAllowed ? .unreachable : .badConfiguration))
        #expect(recorder.urls == (isAllowed ? [url, url, url] : []))
    }

    @Test("The relative form goes to the agent of ECS and wins over the full one")
    func relative() async throws {
        let recorder = Recorder()
        let source = ContainerCredentials(
            environment: [
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/k?id=1",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/",
            ], exchange: exchange(recorder))
        _ = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(recorder.urls.first == "http://169.254.170.2/v2/k?id=1")
    }

    @Test("Tokens with line breaks, answers without keys and refusals are errors without secrets")
    func containerFailures() async throws {
        let server = try LocalServer { request, connection in
            request.target == "/403"
                ? connection.reply(403, text: secretMark)
                : connection.reply(text: #"{"SecretAccessKey": "\#(secretMark)"}"#)
        }
        let cases: [([String: String], CredentialsError.Kind)] = [
            (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/403"], .refused(code: "HTTP 403")),
            (["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url], .refused(code: "BadReply")),
            (
                [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url,
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN": "\(secretMark)\nX: y",
                ], .badConfiguration
            ),
            (
                [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url,
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/nowhere",
                ], .badConfiguration
            ),
        ]
        for (environment, kind) in cases {
            let source = try container(environment)
            let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
            #expect(error.kind == kind)
        }
    }

    // MARK: Instance metadata

    private func instance(
        _ server: LocalServer, _ environment: [String: String] = [:]
    ) throws -> InstanceMetadataCredentials {
        let endpoint = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]
        let configuration = SharedConfiguration(
            environment: endpoint.merging(environment) { _, given in given }, profile: nil)
        return InstanceMetadataCredentials(configuration: configuration, exchange: exchange(try HTTPTransport()))
    }

    private static func serve(
        _ request: LocalServer.Request, _ connection: LocalServer.Connection, document: String = document()
    ) {
        let path = "/latest/meta-data/iam/security-credentials/"
        switch (request.method, request.target) {
        case ("PUT", "/latest/api/token"):
            let lifetime = request["x-aws-ec2-metadata-token-ttl-seconds"]
            lifetime == "21600" ? connection.reply(text: "\(secretMark)-imds") : connection.reply(400)
        case ("GET", _) where request["x-aws-ec2-metadata-token"] != "\(secretMark)-imds": connection.reply(401)
        case ("GET", path): connection.reply(text: "my role\n")
        case ("GET", path + "my%20role"): connection.reply(text: document)
        default: connection.reply(404)
        }
    }

    @Test("Token, role and keys are fetched in turn")
    func instanceKeys() async throws {
        let server = try LocalServer { Self.serve($0, $1) }
        let keys = try await instance(server).fetch()
        #expect(keys.accessKeyID == "AKIDMETA" && keys.sessionToken == "\(secretMark)-t")
        #expect(keys.expiration == time.now + 3600)
        #expect(server.requestCount == 3)
    }

    @Test("Expired keys are used on, as AWS asks for when its service is ailing")
    func staticStability() async throws {
        let server = try LocalServer { Self.serve($0, $1, document: Self.document("2027-01-15T07:00:00Z")) }
        #expect(try await instance(server).fetch().expiration == time.now + 15 * 60 + 120 + 240)
    }

    @Test("No token means no request without one")
    func versionTwoOnly() async throws {
        let server = try LocalServer { _, connection in connection.reply(403) }
        let source = try instance(server)
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(error.kind == .noneFound && error.message.contains("IMDSv2"))
        #expect(server.requestCount == 1)
    }

    @Test("A role that EC2 may not take on is refused with the service's code")
    func refusedRole() async throws {
        let server = try LocalServer {
            Self.serve($0, $1, document: #"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "\#(secretMark)"}"#)
        }
        let source = try instance(server)
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(error.kind == .refused(code: "AssumeRoleUnauthorizedAccess"))
    }

    @Test("An instance without a role has no keys")
    func noRole() async throws {
        let server = try LocalServer { request, connection in
            request.method == "PUT" ? connection.reply(text: "t") : connection.reply(404)
        }
        let source = try instance(server)
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(error.kind == .noneFound)
    }

    @Test("Server errors are tried as often as configured, and disabled means nothing is asked")
    func attempts() async throws {
        let server = try LocalServer { _, connection in connection.reply(500) }
        for (number, variables) in [(2, [:]), (4, ["AWS_METADATA_SERVICE_NUM_ATTEMPTS": "4"])] {
            let before = server.requestCount
            let source = try instance(server, variables)
            let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
            #expect(error.kind == .unreachable && server.requestCount == before + number)
        }
        let before = server.requestCount
        let source = try instance(server, ["AWS_EC2_METADATA_DISABLED": "TRUE"])
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(error.kind == .noneFound && server.requestCount == before)
    }

    @Test(
        "The address follows the mode",
        arguments: [
            ([:], "http://169.254.169.254/latest/api/token"),
            (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], "http://[fd00:ec2::254]/latest/api/token"),
            (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"], nil),
            (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "nonsense"], nil),
        ] as [([String: String], String?)])
    func address(_ environment: [String: String], _ url: String?) async throws {
        let recorder = Recorder()
        let source = InstanceMetadataCredentials(
            configuration: SharedConfiguration(environment: environment, profile: nil), exchange: exchange(recorder))
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await source.fetch() }
        #expect(recorder.urls.first == url)
        #expect(error.kind == (url == nil ? .badConfiguration : .unreachable))
    }

    @Test(
        "Instants are read in all the forms the sources write",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2027-01-15T08:00:00Z", 1_800_000_000),
            ("2027-01-15T08:00:00UTC", 1_800_000_000), ("2027-01-15T09:30:00.123+01:30", 1_800_000_000),
            ("2027-01-15 08:00:00-0000", 1_800_000_000), ("2024-02-29T23:59:59Z", 1_709_251_199),
            ("2000-03-01T00:00:00Z", 951_868_800), ("2027-01-15T08:00:00", nil), ("2027-13-15T08:00:00Z", nil),
            ("2027-01-15T08:00:00+1", nil), ("1800000000", nil), ("", nil), ("2027-01-15T08:00:0xZ", nil),
        ] as [(String, Int?)])
    func instants(_ text: String, _ seconds: Int?) { #expect(CredentialsTimestamp.parse(text) == seconds) }
}
