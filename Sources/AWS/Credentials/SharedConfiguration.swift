/// What the AWS configuration and credentials files say, with the environment's choices of profile and region.
///
/// Nested settings have a dotted key (`sts.endpoint_url` in a `[services …]` section).
package struct SharedConfiguration: Sendable {
    package typealias Settings = [String: String]

    /// Settings of the profiles: those of the configuration file, overridden key by key by the credentials file.
    package internal(set) var profiles: [String: Settings] = [:]
    /// Profiles as the configuration files alone have them.
    var configurationProfiles: [String: Settings] = [:]
    /// Profiles as the credentials files alone have them.
    var credentialsProfiles: [String: Settings] = [:]
    var sessions: [String: Settings] = [:]
    var services: [String: Settings] = [:]
    /// What was looked at, a phrase for each file: `~/.aws/config: no such file`.
    package internal(set) var filesTried: [String] = []

    let environment: [String: String]
    /// The profile that was asked for by argument or environment; `nil` when `default` is taken because none was.
    package let requestedProfile: String?

    /// The profile in use.
    package var profileName: String { requestedProfile ?? "default" }

    /// The settings of the profile in use; empty when there is none.
    package var profile: Settings { profiles[profileName] ?? [:] }

    init(environment: [String: String], profile: String?) {
        self.environment = environment
        // botocore looks at AWS_DEFAULT_PROFILE first (configprovider.py, BOTOCORE_DEFAUT_SESSION_VARIABLES).
        let names = [profile, environment["AWS_DEFAULT_PROFILE"], environment["AWS_PROFILE"]]
        requestedProfile = names.lazy.compactMap { $0 }.first { !$0.isEmpty }
    }

    /// The region the environment or the profile names: `AWS_REGION`, `AWS_DEFAULT_REGION`, `region`.
    package var region: String? {
        setting(variables: ["AWS_REGION", "AWS_DEFAULT_REGION"], key: "region")
    }

    /// The endpoint configured for a service in place of AWS's own, by its model's service id (`STS`, `EC2`,
    /// `Elastic Load Balancing v2`): `AWS_ENDPOINT_URL_<ID>`, `AWS_ENDPOINT_URL`, the profile's `services` section, the
    /// profile's `endpoint_url`; `nil` also when `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is set.
    ///
    /// Order: <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>.
    package func endpointURL(serviceID: String) -> String? {
        let ignores = setting(
            variables: ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], key: "ignore_configured_endpoint_urls")
        if ignores?.lowercased() == "true" { return nil }
        let name = String(serviceID.map { $0 == " " || $0 == "-" ? "_" : $0 })
        let section = profile["services"].flatMap { services[$0] }
        let candidates = [
            environment["AWS_ENDPOINT_URL_" + name.uppercased()], environment["AWS_ENDPOINT_URL"],
            section?[name.lowercased() + ".endpoint_url"], profile["endpoint_url"],
        ]
        return candidates.lazy.compactMap { $0 }.first { !$0.isEmpty }
    }

    /// The first of the environment variables that is set and not empty, else the profile's setting.
    func setting(variables: [String], key: String) -> String? {
        for variable in variables {
            if let value = environment[variable], !value.isEmpty { return value }
        }
        return profile[key].flatMap { $0.isEmpty ? nil : $0 }
    }
}
