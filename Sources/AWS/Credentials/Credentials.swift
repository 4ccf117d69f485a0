/// A set of AWS keys. The secret parts never appear in a description, a log line or an error.
package struct Credentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package var accessKeyID: String
    package var secretAccessKey: String
    package var sessionToken: String?
    /// Seconds since the epoch; `nil` for keys that do not expire.
    package var expiration: Int?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Int? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }

    package var description: String { "credentials \(accessKeyID.prefix(4))…" }

    /// Without members, so that `dump` and failed expectations do not show them either.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// A source of credentials that the client asks before each attempt.
package protocol CredentialsProvider: Sendable {
    /// Credentials that are valid now, refreshed ahead of their expiry; concurrent callers share one refresh.
    func credentials() async throws(CredentialsError) -> Credentials

    /// Tells the source that AWS refused these keys as expired or unknown; the next call fetches new ones.
    /// Does nothing when the source has moved on already.
    func invalidate(_ rejected: Credentials) async
}

/// Why there are no credentials. Texts carry no secret.
package struct CredentialsError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// No source of the chain has credentials; the text lists what was tried.
        case noneFound
        /// A source is configured wrongly; the text says which file, profile or variable and why.
        case badConfiguration
        /// A source exists but refused: AWS error code, exit status, HTTP status.
        case refused(code: String)
        /// A source could not be reached or did not answer in time; worth another try.
        case unreachable
        case cancelled
    }

    package var kind: Kind
    /// Which source, what happened, what to do next.
    package var message: String

    package init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
