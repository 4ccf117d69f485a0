import Synchronization
import Testing

@testable import AWS

@Suite("Credentials: the chain over real files and servers", .timeLimit(.minutes(1)))
struct CredentialsChainTests {
    private static let role = "arn:aws:iam::111122223333:role/"
    private let time = TestTime()

    private func chain(
        _ home: TemporaryHome, _ environment: [String: String] = [:], profile: String? = nil
    ) throws -> DefaultCredentialsChain {
        DefaultCredentialsChain(
            environment: environment, home: home.path, profile: profile, sender: try HTTPTransport(),
            clock: time.clock)
    }

    private func failure(_ chain: DefaultCredentialsChain) async throws -> CredentialsError {
        try await credentialsFailure { () async throws(CredentialsError) in try await chain.credentials() }
    }

    @Test("When nothing is found the error lists what was tried and why it had nothing")
    func nothing() async throws {
        let home = try TemporaryHome()
        try home.write(".aws/config", "[profile other]\naws_secret_access_key = \(secretMark)\n")
        let error = try await failure(chain(home, ["AWS_EC2_METADATA_DISABLED": "true"]))
        #expect(error.kind == .noneFound)
        for part in [
            "AWS_ACCESS_KEY_ID is not set", "profile \"default\": no role_arn", ".aws/config: read",
            ".aws/credentials: no such file", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_EC2_METADATA_DISABLED",
        ] { #expect(error.message.contains(part)) }
    }

    @Test("A file that cannot be parsed is reported by place, without its text")
    func badFile() async throws {
        let home = try TemporaryHome()
        try home.write(".aws/credentials", "[default]\naws_secret_access_key \(secretMark)\n")
        let error = try await failure(chain(home))
        #expect(error.kind == .badConfiguration)
        #expect(error.message.hasPrefix("\(home.path)/.aws/credentials:2:1: "))
    }

    @Test("The service manager's credentials come before the files of the home directory")
    func serviceManager() async throws {
        let home = try TemporaryHome()
        let secret = "aws_secret_access_key = \(secretMark)\n"
        try home.write(".aws/credentials", "[default]\naws_access_key_id = AKIDHOME\n\(secret)[x]\n")
        try home.write("run/aws-credentials", "[default]\naws_access_key_id = AKIDSYSTEMD\n\(secret)")
        try home.write("run/aws-config", "[default]\nregion = eu-central-1\n[profile p]\nregion = eu-west-3\n")
        let environment = ["CREDENTIALS_DIRECTORY": "\(home.path)/run"]
        #expect(try await chain(home, environment).credentials().accessKeyID == "AKIDSYSTEMD")
        #expect(try await chain(home).credentials().accessKeyID == "AKIDHOME")
        let configuration = try SharedConfiguration.load(environment: environment, home: home.path)
        #expect(configuration.region == "eu-central-1")
        #expect(configuration.profiles.keys.sorted() == ["default", "p", "x"])
    }

    @Test("Rejected keys of a file are read anew")
    func replacedKeys() async throws {
        let home = try TemporaryHome()
        let secret = "aws_secret_access_key = \(secretMark)\n"
        try home.write(".aws/credentials", "[default]\naws_access_key_id = AKIDOLD\n\(secret)")
        let chain = try chain(home)
        let old = try await chain.credentials()
        try home.write(".aws/credentials", "[default]\naws_access_key_id = AKIDNEW\n\(secret)")
        #expect(try await chain.credentials().accessKeyID == "AKIDOLD")
        await chain.invalidate(old)
        #expect(try await chain.credentials().accessKeyID == "AKIDNEW")
    }

    @Test("A profile that was asked for is used in spite of keys in the environment")
    func explicitProfile() async throws {
        let home = try TemporaryHome()
        try home.write(
            ".aws/credentials", "[p]\naws_access_key_id = AKIDP\naws_secret_access_key = \(secretMark)\n")
        let environment = ["AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": secretMark]
        #expect(try await chain(home, environment, profile: "p").credentials().accessKeyID == "AKIDP")
        #expect(try await chain(home, environment).credentials().accessKeyID == "AKIDENV")
        #expect(try await failure(chain(home, environment, profile: "q")).kind == .badConfiguration)
    }

    @Test("Keys of the environment that have expired are refused")
    func expiredEnvironment() async throws {
        let environment = [
            "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": secretMark,
            "AWS_CREDENTIAL_EXPIRATION": "2027-01-15T08:00:00Z",
        ]
        #expect(try await failure(chain(TemporaryHome(), environment)).kind == .refused(code: "ExpiredToken"))
    }

    @Test("A chain of roles on a process calls STS once for each role, at the profile's endpoint")
    func roleChain() async throws {
        let calls = Mutex<[String]>([])
        let server = try LocalServer { request, connection in
            let role = formFields(request.body)["RoleArn"]?.split(separator: "F").last ?? ""
            let key = request["authorization"]?.split(separator: "=").dropFirst().first?.prefix { $0 != "/" } ?? ""
            calls.withLock { $0.append("\(role) by \(key)") }
            connection.reply(text: securityTokenReply(key: "AKIDROLE\(role)"))
        }
        let home = try TemporaryHome()
        let document = #"{"Version": 1, "AccessKeyId": "AKIDPROC", "SecretAccessKey": "\#(secretMark)"}"#
        try home.write(
            ".aws/config",
            """
            [profile a]
            role_arn = \(Self.role)A
            source_profile = b
            region = eu-west-1
            services = local
            [profile b]
            role_arn = \(Self.role)B
            source_profile = c
            [profile c]
            credential_process = /bin/echo '\(document)'
            [services local]
            sts =
              endpoint_url = \(server.url)
            """)
        let chain = try chain(home, ["AWS_PROFILE": "a"])
        #expect(try await chain.credentials().accessKeyID == "AKIDROLEA")
        _ = try await chain.credentials()
        #expect(calls.withLock { $0 } == ["B by AKIDPROC", "A by AKIDROLEB"])
    }

    @Test("A role that asks for an MFA code is refused with a hint")
    func mfa() async throws {
        let home = try TemporaryHome()
        try home.write(
            ".aws/config", "[default]\nrole_arn = \(Self.role)A\nsource_profile = default\nmfa_serial = x\n")
        let error = try await failure(chain(home))
        #expect(error.kind == .badConfiguration && error.message.contains("MFA"))
    }

    // MARK: Single sign-on

    private func writeSingleSignOn(_ home: TemporaryHome, expiresAt: String, isLegacy: Bool = false) throws {
        let site = "sso_start_url = https://e.awsapps.com/start\nsso_region = eu-west-1\n"
        let role = "sso_account_id = 111122223333\nsso_role_name = Read Only\n"
        try home.write(
            ".aws/config",
            isLegacy ? "[default]\n\(role)\(site)" : "[default]\nsso_session = corp\n\(role)[sso-session corp]\n\(site)"
        )
        let key = SHA1.hexadecimal(isLegacy ? "https://e.awsapps.com/start" : "corp")
        try home.write(
            ".aws/sso/cache/\(key).json",
            #"{"accessToken": "\#(secretMark)-sso", "expiresAt": "\#(expiresAt)", "region": "eu-west-1"}"#)
    }

    @Test("Single sign-on asks for the role's keys with the cached token", arguments: [false, true])
    func singleSignOn(_ isLegacy: Bool) async throws {
        let target = Mutex("")
        let server = try LocalServer { request, connection in
            target.withLock { $0 = request.target }
            guard request["x-amz-sso_bearer_token"] == "\(secretMark)-sso" else { return connection.reply(401) }
            connection.reply(
                text: #"""
                    {"roleCredentials": {"accessKeyId": "AKIDSSO", "secretAccessKey": "\#(secretMark)",
                    "sessionToken": "\#(secretMark)", "expiration": 1800003600000}}
                    """#)
        }
        let home = try TemporaryHome()
        try writeSingleSignOn(home, expiresAt: inOneHour, isLegacy: isLegacy)
        let keys = try await chain(home, ["AWS_ENDPOINT_URL_SSO": server.url]).credentials()
        #expect(keys.accessKeyID == "AKIDSSO" && keys.expiration == 1_800_003_600)
        #expect(
            target.withLock { $0 } == "/federation/credentials?role_name=Read%20Only&account_id=111122223333")
    }

    @Test("An expired, missing or refused token says how to sign in")
    func signInHint() async throws {
        let server = try LocalServer { _, connection in
            connection.reply(401, headers: [("x-amzn-ErrorType", "UnauthorizedException:x")], text: secretMark)
        }
        let home = try TemporaryHome()
        let environment = ["AWS_ENDPOINT_URL_SSO": server.url]
        try writeSingleSignOn(home, expiresAt: "2027-01-15T08:00:00Z")
        let expired = try await failure(chain(home, environment))
        #expect(expired.kind == .refused(code: "ExpiredToken") && server.requestCount == 0)
        try writeSingleSignOn(home, expiresAt: inOneHour)
        let refused = try await failure(chain(home, environment))
        #expect(refused.kind == .refused(code: "UnauthorizedException"))
        try home.write(".aws/sso/cache/\(SHA1.hexadecimal("corp")).json", #"{"accessToken": "\#(secretMark)"}"#)
        let incomplete = try await failure(chain(home, environment))
        #expect(incomplete.kind == .refused(code: "NotSignedIn"))
        for error in [expired, refused, incomplete] {
            #expect(error.message.contains("aws sso login --profile default"))
        }
    }

    @Test(
        "Token files are named by SHA-1",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
            (String(repeating: "a", count: 55), "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
        ])
    func sha1(_ text: String, _ digest: String) { #expect(SHA1.hexadecimal(text) == digest) }

    // MARK: Look-ups

    @Test("Endpoints and regions are looked up in the order of the SDKs")
    func lookups() throws {
        let home = try TemporaryHome()
        try home.write(
            ".aws/config",
            """
            [default]
            region = eu-west-1
            endpoint_url = http://profile
            services = s
            [services s]
            sts =
              endpoint_url = http://service
            elastic_load_balancing_v2 =
              endpoint_url = http://elb
            """)
        func load(_ environment: [String: String]) throws -> SharedConfiguration {
            try SharedConfiguration.load(environment: environment, home: home.path)
        }
        #expect(try load([:]).region == "eu-west-1")
        #expect(try load(["AWS_DEFAULT_REGION": "b"]).region == "b")
        #expect(try load(["AWS_DEFAULT_REGION": "b", "AWS_REGION": "a"]).region == "a")
        #expect(try load([:]).endpointURL(serviceID: "STS") == "http://service")
        #expect(try load([:]).endpointURL(serviceID: "Elastic Load Balancing v2") == "http://elb")
        #expect(try load([:]).endpointURL(serviceID: "EC2") == "http://profile")
        #expect(try load(["AWS_ENDPOINT_URL": "http://all"]).endpointURL(serviceID: "STS") == "http://all")
        let both = ["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_STS": "http://sts"]
        #expect(try load(both).endpointURL(serviceID: "STS") == "http://sts")
        let ignored = both.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { first, _ in first }
        #expect(try load(ignored).endpointURL(serviceID: "STS") == nil)
    }
}
