import JSON

/// Reads the JSON documents that hand out keys: container and instance metadata, and `credential_process`.
///
/// Errors say which source and which member, and never show a part of the document.
struct CredentialsDocument {
    /// Large enough for the longest session tokens by far.
    static let sizeLimitInBytes = 64 << 10

    let value: JSONValue
    /// Who wrote it, for errors: `container credentials`.
    let source: String

    init(_ bytes: [UInt8], source: String) throws(CredentialsError) {
        self.source = source
        do {
            value = try JSONValue.parse(bytes, limits: JSONLimits(sizeInBytes: Self.sizeLimitInBytes, depth: 16))
        } catch {
            // The reason may quote a key of the document; the place is enough to find it.
            throw CredentialsError(
                kind: .refused(code: "BadReply"),
                message: "\(source): the answer is not JSON (line \(error.line), column \(error.column))")
        }
    }

    /// The keys of the document, whose session token is the member `tokenMember`.
    func credentials(tokenMember: String) throws(CredentialsError) -> Credentials {
        let key = try text("AccessKeyId")
        let secret = try text("SecretAccessKey")
        let token = value[tokenMember]?.string
        guard let expiration = value["Expiration"]?.string else {
            return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: token)
        }
        guard let instant = CredentialsTimestamp.parse(expiration) else {
            throw CredentialsError(
                kind: .refused(code: "BadReply"), message: "\(source): Expiration is not an ISO 8601 instant")
        }
        return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: token, expiration: instant)
    }

    private func text(_ member: String) throws(CredentialsError) -> String {
        guard let text = value[member]?.string, !text.isEmpty else {
            throw CredentialsError(
                kind: .refused(code: "BadReply"), message: "\(source): the answer has no \(member)")
        }
        return text
    }
}
