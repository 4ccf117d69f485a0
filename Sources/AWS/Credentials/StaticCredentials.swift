/// Keys that were given and never change.
package struct StaticCredentials: CredentialsProvider {
    private let keys: Credentials

    package init(_ keys: Credentials) { self.keys = keys }

    package func credentials() async throws(CredentialsError) -> Credentials { keys }

    /// There is nowhere to get others from.
    package func invalidate(_ rejected: Credentials) async {}
}
