/// AWS Signature Version 4 in the `Authorization` header
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
///
/// Pure but for its cache of derived keys, which copies share. Any task may use it.
package struct Signer: Sendable {
    /// Fields a proxy or the transport may change; as botocore leaves out.
    private static let unsigned: Set<String> = [
        "authorization", "baggage", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "te", "traceparent", "tracestate", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]
    /// Signing names whose paths are signed as they are, and whose requests carry the hash of their body.
    private static let s3Names: Set<String> = ["s3", "s3-outposts", "s3-object-lambda", "s3express"]

    private let keys = SigningKeys()

    package init() {}

    /// The fields to send along with the request's own: `X-Amz-Date`, with a session `X-Amz-Security-Token`, for S3
    /// `X-Amz-Content-SHA256`, and `Authorization`.
    ///
    /// - Parameters:
    ///   - service: the signing name, `elasticloadbalancing`.
    ///   - seconds: since the epoch, by AWS's clock as well as it is known.
    package func sign(
        _ request: SigningRequest, credentials: Credentials, region: String, service: String, at seconds: Int
    ) -> [(name: String, value: String)] {
        let time = SigningTime(secondsSinceEpoch: seconds)
        let isS3 = Self.s3Names.contains(service)
        let bodyHash = SHA256.hash(request.body.span)
        var added: [(name: String, value: String)] = [("X-Amz-Date", time.text)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token)) }
        if isS3 { added.append(("X-Amz-Content-SHA256", bodyHash.hex)) }

        var canonical = CanonicalRequest(method: request.method)
        canonical.appendPath(request.path, isS3: isS3)
        canonical.appendQuery(request.query)
        let own = request.headers.filter { !Self.unsigned.contains($0.name.lowercased()) }
        let signedNames = canonical.appendHeaders([("host", request.host)] + own + added)
        canonical.appendBodyHash(bodyHash)

        let scope = "\(time.day)/\(region)/\(service)/aws4_request"
        var text = Array("AWS4-HMAC-SHA256\n\(time.text)\n\(scope)\n".utf8)
        SHA256.hash(canonical.bytes).appendHex(to: &text)
        let key = keys.key(secret: credentials.secretAccessKey, day: time.day, region: region, service: service)

        var field = Array("AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=".utf8)
        field.append(contentsOf: signedNames)
        field.append(contentsOf: ", Signature=".utf8)
        key.code(text).appendHex(to: &field)
        added.append(("Authorization", String(decoding: field, as: UTF8.self)))
        return added
    }
}
