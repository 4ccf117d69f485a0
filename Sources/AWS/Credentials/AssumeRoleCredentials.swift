extension RefreshingCredentials {
    /// Keys of a role, taken on with the keys of `base`, cached, shared and renewed ahead of expiry. One such provider
    /// for each role serves all listings of an account.
    ///
    /// Sessions on top of keys that are a session themselves last at most one hour (role chaining).
    package static func assumingRole(
        _ request: AssumeRoleRequest, base: any CredentialsProvider, service: SecurityTokenService,
        clock: ClientClock = .system
    ) -> RefreshingCredentials {
        RefreshingCredentials(clock: clock) { () async throws(CredentialsError) -> Credentials in
            try await service.assumeRole(request, base: base)
        }
    }
}
