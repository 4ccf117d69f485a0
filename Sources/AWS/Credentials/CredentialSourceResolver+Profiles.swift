extension CredentialSourceResolver {
    // MARK: Roles

    /// `visited` are the profiles of the chain so far, this one last.
    mutating func role(
        of name: String, visited: [String]
    ) throws(CredentialsError) -> CredentialSource? {
        let profile = configuration.profiles[name] ?? [:]
        guard let roleARN = profile["role_arn"], profile["web_identity_token_file"] == nil else {
            tried.append("profile \"\(name)\": no role_arn")
            return nil
        }
        if profile["mfa_serial"] != nil {
            throw Self.bad(
                "the profile \"\(name)\" asks for an MFA code (mfa_serial), which a service cannot type; "
                    + "use a profile without MFA")
        }
        let request = try request(name, roleARN: roleARN, sessionName: profile["role_session_name"])
        switch (profile["source_profile"], profile["credential_source"]) {
        case (nil, nil):
            throw Self.bad(
                "the profile \"\(name)\" has a role_arn but neither source_profile nor credential_source")
        case (.some, .some):
            throw Self.bad("the profile \"\(name)\" has both source_profile and credential_source")
        case (nil, let source?):
            return .assumeRole(request, base: try namedSource(source, profile: name))
        case (let source?, nil):
            return .assumeRole(request, base: try sourceProfile(source, of: name, visited: visited))
        }
    }

    private func request(
        _ name: String, roleARN: String, sessionName: String?
    ) throws(CredentialsError) -> AssumeRoleRequest {
        let profile = configuration.profiles[name] ?? [:]
        // botocore ignores a duration that is no number; a typing mistake should be told instead.
        let duration = try profile["duration_seconds"].map { text throws(CredentialsError) -> Int in
            guard let seconds = Int(text) else {
                throw Self.bad("duration_seconds of the profile \"\(name)\" is not a number")
            }
            return seconds
        }
        return try AssumeRoleRequest(
            roleARN: roleARN, externalID: profile["external_id"],
            sessionName: sessionName ?? AssumeRoleRequest.defaultSessionName,
            durationInSeconds: duration ?? AssumeRoleRequest.defaultDurationInSeconds)
    }

    private mutating func namedSource(
        _ source: String, profile: String
    ) throws(CredentialsError) -> CredentialSource {
        switch source {
        case "Environment":
            guard let keys = try environmentKeys() else {
                throw Self.bad(
                    "the profile \"\(profile)\" takes its keys from the environment, "
                        + "but AWS_ACCESS_KEY_ID is not set")
            }
            return keys
        case "Ec2InstanceMetadata": return .instanceMetadata
        case "EcsContainer":
            guard isContainer else {
                throw Self.bad(
                    "the profile \"\(profile)\" takes its keys from the container, "
                        + "but AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set")
            }
            return .container
        default:
            throw Self.bad(
                "credential_source \"\(source)\" of the profile \"\(profile)\" is not "
                    + "Environment, Ec2InstanceMetadata or EcsContainer")
        }
    }

    private mutating func sourceProfile(
        _ source: String, of name: String, visited: [String]
    ) throws(CredentialsError) -> CredentialSource {
        guard let profile = configuration.profiles[source] else {
            throw Self.bad("source_profile \"\(source)\" of the profile \"\(name)\" does not exist")
        }
        let hasKeys = profile["aws_access_key_id"] != nil || profile["aws_secret_access_key"] != nil
        // A profile may name itself when it holds the keys too; any other way back is a circle.
        let isOwnKeys = source == name && hasKeys
        if !isOwnKeys && (visited.contains(source) || visited.count >= Self.chainLimit) {
            throw Self.bad(
                "the source profiles go in a circle: " + (visited + [source]).joined(separator: " → "))
        }
        if !hasKeys, let role = try role(of: source, visited: visited + [source]) { return role }
        guard let keys = try profileSource(source, usesEnvironment: false) else {
            throw Self.bad("source_profile \"\(source)\" of the profile \"\(name)\" has no credentials")
        }
        return keys
    }

    // MARK: Sources of one profile

    mutating func profileSource(
        _ name: String, usesEnvironment: Bool
    ) throws(CredentialsError) -> CredentialSource? {
        let profile = configuration.profiles[name] ?? [:]
        if let source = try webIdentity(name, profile, usesEnvironment: usesEnvironment) { return source }
        if let source = try singleSignOn(name, profile) { return source }
        if let keys = try keys(name, configuration.credentialsProfiles[name]) {
            return .keys(keys, origin: .credentialsFile(profile: name))
        }
        if profile["login_session"] != nil {
            throw Self.bad(
                "the profile \"\(name)\" signs in with `aws login`, whose sessions are for people; use a role, "
                    + "single sign-on or keys for a service")
        }
        if let command = profile["credential_process"] { return .process(command: command, profile: name) }
        if let keys = try keys(name, configuration.configurationProfiles[name]) {
            return .keys(keys, origin: .configurationFile(profile: name))
        }
        let kinds = "web_identity_token_file, sso_account_id, aws_access_key_id, credential_process"
        tried.append(
            "profile \"\(name)\": none of \(kinds) (\(configuration.filesTried.joined(separator: "; ")))")
        return nil
    }

    private func keys(
        _ name: String, _ profile: SharedConfiguration.Settings?
    ) throws(CredentialsError) -> Credentials? {
        guard let profile, let key = profile["aws_access_key_id"] else { return nil }
        guard let secret = profile["aws_secret_access_key"] else {
            throw Self.bad("the profile \"\(name)\" has aws_access_key_id but no aws_secret_access_key")
        }
        let token = profile["aws_security_token"] ?? profile["aws_session_token"]
        return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: token)
    }

    private func webIdentity(
        _ name: String, _ profile: SharedConfiguration.Settings, usesEnvironment: Bool
    ) throws(CredentialsError) -> CredentialSource? {
        func setting(_ variable: String, _ key: String) -> String? {
            (usesEnvironment ? configuration.environment[variable] : nil) ?? profile[key]
        }
        guard let file = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file"), !file.isEmpty else {
            return nil
        }
        guard let roleARN = setting("AWS_ROLE_ARN", "role_arn"), !roleARN.isEmpty else {
            throw Self.bad(
                "a web identity token file is configured, but no role: set AWS_ROLE_ARN or role_arn of the profile "
                    + "\"\(name)\"")
        }
        let sessionName = setting("AWS_ROLE_SESSION_NAME", "role_session_name")
        return .webIdentity(try request(name, roleARN: roleARN, sessionName: sessionName), tokenFile: file)
    }

    private func singleSignOn(
        _ name: String, _ profile: SharedConfiguration.Settings
    ) throws(CredentialsError) -> CredentialSource? {
        guard profile["sso_role_name"] != nil || profile["sso_account_id"] != nil else { return nil }
        var settings = profile
        if let session = profile["sso_session"] {
            guard let section = configuration.sessions[session] else {
                throw Self.bad("the section [sso-session \(session)] of the profile \"\(name)\" does not exist")
            }
            for (key, value) in section {
                if let own = profile[key], own != value {
                    throw Self.bad(
                        "the profile \"\(name)\" and its section [sso-session \(session)] differ in \(key)")
                }
                settings[key] = value
            }
        }
        let needed = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"]
        let missing = needed.filter { settings[$0] == nil }
        guard let role = settings["sso_role_name"], let account = settings["sso_account_id"],
            let startURL = settings["sso_start_url"], let region = settings["sso_region"]
        else {
            throw Self.bad(
                "the profile \"\(name)\" uses single sign-on but has no \(missing.joined(separator: ", "))")
        }
        return .singleSignOn(
            SingleSignOnProfile(
                startURL: startURL, region: region, accountID: account, roleName: role,
                session: profile["sso_session"], profile: name))
    }
}
