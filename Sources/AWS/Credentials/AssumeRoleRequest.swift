/// Which role to take on, and how. A value of this type is within the limits of STS.
///
/// Limits: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
package struct AssumeRoleRequest: Sendable, Equatable {
    /// STS's default, and the most that is allowed when the calling keys are those of a role already.
    package static let defaultDurationInSeconds = 3600
    package static let chainedDurationLimitInSeconds = 3600
    /// How our sessions are named in CloudTrail unless configured otherwise.
    package static let defaultSessionName = "inventory-collector"

    package let roleARN: String
    package let externalID: String?
    package let sessionName: String
    package let durationInSeconds: Int

    /// Throws `badConfiguration` that names the value that is out of bounds: role ARN `arn:…:iam::<account>:role/…`,
    /// external id 2 to 1224 of `A-Za-z0-9_+=,.@:/-`, session name 2 to 64 of `A-Za-z0-9_+=,.@-`, duration 900 to
    /// 43,200 seconds.
    package init(
        roleARN: String, externalID: String? = nil, sessionName: String = Self.defaultSessionName,
        durationInSeconds: Int = Self.defaultDurationInSeconds
    ) throws(CredentialsError) {
        let parts = roleARN.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, parts[2] == "iam", parts[3].isEmpty,
            parts[4].utf8.count == 12, parts[4].utf8.allSatisfy(Self.isDigit), parts[5].hasPrefix("role/"),
            (20...2048).contains(roleARN.utf8.count)
        else { throw Self.bad("the role ARN \"\(roleARN)\" is not of the form arn:aws:iam::111122223333:role/Name") }
        guard Self.isText(sessionName, of: "+=,.@-", lengths: 2...64) else {
            throw Self.bad(
                "the session name \"\(sessionName)\" for \(roleARN) must be 2 to 64 characters of A-Za-z0-9_+=,.@-")
        }
        if let externalID, !Self.isText(externalID, of: "+=,.@:/-", lengths: 2...1224) {
            throw Self.bad("the external id for \(roleARN) must be 2 to 1224 characters of A-Za-z0-9_+=,.@:/-")
        }
        guard (900...43_200).contains(durationInSeconds) else {
            throw Self.bad("the session duration for \(roleARN) must be 900 to 43200 seconds")
        }
        self.roleARN = roleARN
        self.externalID = externalID
        self.sessionName = sessionName
        self.durationInSeconds = durationInSeconds
    }

    /// The AWS partition of the role: `aws`, `aws-cn`, `aws-us-gov`.
    var partition: String {
        String(roleARN.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)[1])
    }

    private static func bad(_ message: String) -> CredentialsError {
        CredentialsError(kind: .badConfiguration, message: message)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isText(_ text: String, of marks: String, lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
                        || marks.unicodeScalars.contains(scalar))
            }
    }
}
