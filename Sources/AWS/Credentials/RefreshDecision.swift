/// What to do for a caller who wants credentials now. Pure: state in, action out.
enum RefreshDecision: Equatable {
    /// The keys at hand are good for long enough.
    case serve(Credentials)
    /// They are good, but new ones should be fetched meanwhile.
    case serveAndRefresh(Credentials)
    /// Nothing to serve before a fetch has ended.
    case wait
    /// The last fetch failed a moment ago and there is nothing else to serve.
    case fail(CredentialsError)
}

/// What a source of credentials knows between two calls.
struct RefreshState {
    /// botocore's advisory window: from here on keys are refreshed while the old ones are still served
    /// (`_DEFAULT_ADVISORY_REFRESH_TIMEOUT` in botocore/credentials.py).
    static let advisoryWindowInSeconds = 15 * 60
    /// botocore's mandatory window: from here on callers wait for the new keys
    /// (`_DEFAULT_MANDATORY_REFRESH_TIMEOUT` in botocore/credentials.py).
    static let mandatoryWindowInSeconds = 10 * 60
    /// After a failure no new fetch starts for so long, so that a thousand listings of one broken account cost one
    /// call and not a thousand.
    static let failureBackoffInSeconds = 1

    private(set) var current: Credentials?
    private var obtainedAt = 0
    private var failure: (error: CredentialsError, at: Int)?

    /// The action at `now`, seconds since the epoch.
    func decide(now: Int) -> RefreshDecision {
        let recentFailure = recentFailure(now: now)
        guard let current, !isExpired(current, now: now) else {
            return recentFailure.map(RefreshDecision.fail) ?? .wait
        }
        guard let expiration = current.expiration else { return .serve(current) }
        let remaining = expiration - now
        // Short-lived keys get proportionally shorter windows, else keys of 15 minutes would be fetched again at once.
        // A lifetime of one hour gives exactly botocore's windows.
        let lifetime = expiration - obtainedAt
        if remaining > min(Self.advisoryWindowInSeconds, lifetime / 4) { return .serve(current) }
        if recentFailure != nil { return .serve(current) }
        if remaining > min(Self.mandatoryWindowInSeconds, lifetime / 6) { return .serveAndRefresh(current) }
        return .wait
    }

    /// Keeps fetched keys; refuses keys that are past their expiry already.
    mutating func succeed(_ credentials: Credentials, now: Int) -> Result<Credentials, CredentialsError> {
        if isExpired(credentials, now: now) {
            let error = CredentialsError(
                kind: .refused(code: "ExpiredToken"),
                message: "the source handed out keys (\(credentials)) that have expired already; renew them there")
            return fail(error, now: now)
        }
        current = credentials
        obtainedAt = now
        failure = nil
        return .success(credentials)
    }

    /// Notes a failed fetch. Keys that are still valid are served in its place.
    mutating func fail(_ error: CredentialsError, now: Int) -> Result<Credentials, CredentialsError> {
        if error.kind != .cancelled { failure = (error, now) }
        if let current, !isExpired(current, now: now) { return .success(current) }
        return .failure(error)
    }

    /// Drops the keys if they are the rejected ones.
    mutating func drop(_ rejected: Credentials) {
        guard let current, current.accessKeyID == rejected.accessKeyID,
            current.secretAccessKey == rejected.secretAccessKey, current.sessionToken == rejected.sessionToken
        else { return }
        self.current = nil
    }

    private func isExpired(_ credentials: Credentials, now: Int) -> Bool {
        credentials.expiration.map { $0 <= now } ?? false
    }

    private func recentFailure(now: Int) -> CredentialsError? {
        // A clock that was set back must not keep an old failure alive.
        guard let failure, (0..<Self.failureBackoffInSeconds).contains(now - failure.at) else { return nil }
        return failure.error
    }
}
