/// Keys of a role for a token that a platform (EKS, a CI system) keeps fresh in a file.
struct WebIdentityCredentials {
    /// The longest token that STS accepts.
    private static let tokenLimitInBytes = 20_000

    let request: AssumeRoleRequest
    let tokenFile: String
    let service: SecurityTokenService

    /// Reads the token anew each time, since the platform replaces it.
    func fetch() async throws(CredentialsError) -> Credentials {
        try await service.assumeRole(request) { () throws(CredentialsError) -> String in
            let reason: String
            switch BoundedFile.read(tokenFile, limit: Self.tokenLimitInBytes) {
            case .bytes(let bytes):
                let token = String(decoding: bytes, as: UTF8.self).trimmingWhiteSpace()
                if !token.isEmpty { return token }
                reason = "the file is empty"
            case .absent: reason = "no such file"
            case .unreadable(let why): reason = why
            }
            throw CredentialsError(
                kind: .badConfiguration,
                message: "web identity token \(tokenFile) for \(request.roleARN): \(reason)")
        }
    }
}

extension StringProtocol {
    /// Without the white space at both ends.
    func trimmingWhiteSpace() -> String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
