import AWS

/// The way into an account whose way in is not usable: every call tells why, so that the other accounts go on.
struct RefusedCredentials: CredentialsProvider {
    let error: CredentialsError

    func credentials() async throws(CredentialsError) -> Credentials { throw error }

    func invalidate(_ rejected: Credentials) async {}
}
