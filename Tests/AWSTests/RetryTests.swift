import Testing

@testable import AWS

@Suite("Standard retry mode")
struct RetryTests {
    private func decide(
        _ failure: RetryPolicy.Failure, attempt: Int = 1, after: Duration? = nil, jitter: Double = 1, maximum: Int = 3,
        tokens: Int = 500
    ) -> RetryPolicy.Decision {
        var quota = RetryQuota()
        _ = quota.take(500 - tokens)
        return RetryPolicy(maximumAttempts: maximum)
            .decide(attempt: attempt, failure: failure, retryAfter: after, jitter: jitter, quota: &quota)
    }

    @Test(
        "The backoff doubles from 50 ms, or 1 s after a throttle, up to 20 s",
        arguments: [
            (ErrorClass.throttled, 1, 1.0), (.throttled, 2, 2), (.throttled, 5, 16), (.throttled, 6, 20),
            (.throttled, 90, 20), (.transient, 1, 0.05), (.transient, 2, 0.1), (.transient, 10, 20),
        ])
    func backoff(kind: ErrorClass, attempt: Int, seconds: Double) {
        let cost = kind == .throttled ? 5 : 14
        #expect(
            decide(.reply(kind), attempt: attempt, maximum: 100) == .retry(after: .seconds(seconds), cost: cost))
        #expect(
            decide(.reply(kind), attempt: attempt, jitter: 0.5, maximum: 100)
                == .retry(after: .seconds(seconds / 2), cost: cost))
        #expect(decide(.reply(kind), attempt: attempt, jitter: 0, maximum: 100) == .retry(after: .zero, cost: cost))
    }

    @Test("The server's wish is honoured up to five seconds beyond the backoff")
    func retryAfter() {
        #expect(decide(.reply(.throttled), after: .seconds(3)) == .retry(after: .seconds(3), cost: 5))
        #expect(decide(.reply(.throttled), after: .seconds(100)) == .retry(after: .seconds(6), cost: 5))
        #expect(decide(.reply(.throttled), after: .milliseconds(10)) == .retry(after: .seconds(1), cost: 5))
    }

    @Test(
        "The wish is read in milliseconds or seconds",
        arguments: [
            ("x-amz-retry-after", "1500", 1.5), ("Retry-After", "2", 2), ("Retry-After", "-2", nil),
            ("x-amz-retry-after", "soon", nil), ("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT", nil),
            ("Retry-After", "99999999999999999999", nil), ("Retry-After", "9999999999999", 3600),
        ] as [(String, String, Double?)])
    func wishes(name: String, value: String, seconds: Double?) {
        #expect(RetryPolicy.retryAfter(in: HTTPHeaders([(name, value)])) == seconds.map { .seconds($0) })
    }

    @Test("Attempts are bounded, and at least one")
    func attempts() {
        #expect(decide(.reply(.transient), attempt: 3) == .giveUp(.attemptsUsed))
        #expect(decide(.reply(.transient), attempt: 1, maximum: 0) == .giveUp(.attemptsUsed))
    }

    @Test("An empty quota stops retries; successes fill it again, not beyond its capacity")
    func quota() {
        #expect(decide(.reply(.transient), tokens: 13) == .giveUp(.quotaUsed))
        #expect(decide(.reply(.throttled), tokens: 4) == .giveUp(.quotaUsed))
        var quota = RetryQuota()
        quota.succeed(lastCost: nil)
        #expect(quota.available == 500)
        var retries = 0
        while case .retry = RetryPolicy(maximumAttempts: 1000).decide(
            attempt: 1, failure: .reply(.transient), jitter: 0, quota: &quota)
        { retries += 1 }
        #expect(retries == 500 / 14)
        let before = quota.available
        quota.succeed(lastCost: nil)
        quota.succeed(lastCost: 14)
        #expect(quota.available == before + 15)
    }

    @Test("What waiting does not mend is not retried; what new keys or a corrected clock mend is, at once")
    func kinds() {
        for kind in [ErrorClass.accessDenied(explicit: true), .notEnabled, .unsupported, .notFound, .other] {
            #expect(decide(.reply(kind)) == .giveUp(.notRetryable))
        }
        #expect(decide(.reply(.clockSkew)) == .retry(after: .zero, cost: 14))
        #expect(decide(.reply(.expiredCredentials)) == .retry(after: .zero, cost: 14))
        for error in [HTTPError.untrusted(host: "h", reason: ""), .tooLarge(limit: 1), .cancelled, .closed] {
            #expect(decide(.transport(error)) == .giveUp(.notRetryable))
        }
        for error in [
            HTTPError.unreachable(host: "h", reason: ""), .broken(host: "h", reason: ""),
            .timedOut(host: "h", phase: ""),
        ] {
            #expect(decide(.transport(error)) == .retry(after: .seconds(0.05), cost: 14))
        }
    }
}

@Suite("AWS error replies")
struct RetryErrorTests {
    @Test(
        "Codes and messages mean what AWS documents",
        arguments: [
            ("", 400, "Throttling", "Rate exceeded", .throttled), ("", 503, "SlowDown", "", .throttled),
            ("", 400, "RequestLimitExceeded", "", .throttled), ("", 429, "Anything", "", .throttled),
            ("", 400, "ProvisionedThroughputExceededException", "", .throttled), ("", 429, "HTTP429", "", .throttled),
            ("", 500, "InternalError", "", .transient), ("", 502, "HTTP502", "", .transient),
            ("", 503, "ServiceUnavailable", "", .transient), ("", 504, "Odd", "", .transient),
            ("", 400, "RequestTimeout", "", .transient), ("", 403, "RequestTimeTooSkewed", "", .clockSkew),
            ("", 403, "SignatureDoesNotMatch", "Signature expired: 2024… is now earlier than …", .clockSkew),
            ("", 403, "InvalidSignatureException", "Signature not yet current: …", .clockSkew),
            ("", 403, "SignatureDoesNotMatch", "The request signature we calculated does not match", .refusedKeys),
            ("", 403, "IncompleteSignature", "", .other),
            ("", 400, "ExpiredToken", "", .expiredCredentials), ("", 400, "RequestExpired", "", .expiredCredentials),
            ("", 400, "ExpiredTokenException", "The security token … is expired", .expiredCredentials),
            ("", 403, "InvalidClientTokenId", "", .refusedKeys), ("ec2", 401, "AuthFailure", "", .refusedKeys),
            ("", 400, "UnrecognizedClientException", "", .refusedKeys),
            ("s3", 403, "InvalidAccessKeyId", "", .refusedKeys),
            ("", 403, "OptInRequired", "", .notEnabled), ("", 400, "SubscriptionRequiredException", "", .notEnabled),
            (
                "macie2", 403, "AccessDeniedException", "Macie is not enabled for this AWS account",
                .notEnabled
            ),
            ("other", 403, "AccessDeniedException", "Macie is not enabled", .accessDenied(explicit: false)),
            (
                "macie2", 403, "AccessDeniedException", "User: x is not authorized to perform: macie2:ListAllowLists",
                .accessDenied(explicit: false)
            ),
            (
                "securityhub", 401, "InvalidAccessException", "Account 1 is not subscribed to AWS Security Hub",
                .notEnabled
            ),
            ("securityhub", 401, "InvalidAccessException", "no", .other),
            ("shield", 400, "ResourceNotFoundException", "The subscription does not exist.", .notEnabled),
            ("shield", 400, "ResourceNotFoundException", "The protection does not exist.", .notFound),
            ("compute-optimizer", 403, "OptInRequiredException", "", .notEnabled),
            ("organizations", 400, "AWSOrganizationsNotInUseException", "", .notEnabled),
            ("lightsail", 400, "RegionSetupInProgressException", "", .notEnabled),
            ("glue", 400, "OperationNotSupportedException", "", .unsupported),
            ("dax", 400, "InvalidParameterValueException", "Access Denied to API Version: DAX_V3", .unsupported),
            ("dax", 400, "InvalidParameterValueException", "bad", .other),
            (
                "s3control", 301, "PermanentRedirect",
                "This API operation is only available in the following Regions: us-west-2.", .unsupported
            ),
            (
                "eks", 403, "AccessDeniedException", "Unable to determine service/operation name to be authorized",
                .unsupported
            ),
            (
                "", 403, "AccessDenied", "User: x is not authorized to perform: s3:ListAllMyBuckets",
                .accessDenied(explicit: false)
            ),
            (
                "", 400, "AccessDeniedException", "… with an explicit deny in a service control policy",
                .accessDenied(explicit: true)
            ),
            (
                "", 400, "AccessDeniedException",
                "… with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/p-1",
                .accessDenied(explicit: true)
            ),
            (
                "", 400, "AccessDeniedException", "… with an explicit deny in a resource control policy",
                .accessDenied(explicit: true)
            ),
            (
                "", 400, "AccessDeniedException", "… with an explicit deny in an identity-based policy",
                .accessDenied(explicit: true)
            ),
            (
                "", 403, "UnauthorizedOperation", "… because no service control policy allows the ec2:X action",
                .accessDenied(explicit: true)
            ),
            (
                "", 403, "UnauthorizedOperation", "… because no permissions boundary allows the ec2:X action",
                .accessDenied(explicit: false)
            ),
            (
                "", 403, "AccessDenied", "… because no session policy allows the s3:X action",
                .accessDenied(explicit: false)
            ),
            (
                "", 403, "AccessDenied", "… because no identity-based policy allows the iam:X action",
                .accessDenied(explicit: false)
            ),
            ("ec2", 401, "Blocked", "Your account is currently blocked.", .accessDenied(explicit: false)),
            ("", 403, "HTTP403", "", .other), ("", 403, "HTTP403", "User is not …", .accessDenied(explicit: false)),
            ("", 400, "UnknownOperationException", "", .unsupported), ("", 400, "InvalidAction", "", .unsupported),
            ("", 404, "HTTP404", "", .other), ("", 405, "HTTP405", "", .other), ("", 501, "HTTP501", "", .other),
            ("", 404, "NoSuchTagSet", "", .notFound), ("", 404, "NoSuchBucket", "", .notFound),
            ("", 400, "ResourceNotFoundException", "", .notFound),
            ("", 400, "InvalidInstanceID.NotFound", "", .notFound),
            ("", 400, "AWS.SimpleQueueService.NonExistentQueue", "", .notFound),
            ("", 400, "ValidationError", "", .other), ("", 400, "HTTP400", "", .other),
        ] as [(String, Int, String, String, ErrorClass)])
    func classes(service: String, status: Int, code: String, message: String, expected: ErrorClass) {
        #expect(ErrorClass(status: status, code: code, message: message, service: service) == expected)
    }

    @Test("No code stands twice in the table, and each line names who says so")
    func table() {
        let codes = ErrorRule.everywhere.flatMap(\.codes) + ErrorRule.denials
        #expect(Set(codes).count == codes.count)
        for rule in ErrorRule.special + ErrorRule.everywhere {
            #expect(!rule.source.isEmpty)
            #expect(rule.words.allSatisfy { $0 == $0.lowercased() })
        }
    }

    struct Reply: Sendable, CustomTestStringConvertible {
        let name: String
        let body: String
        var headers: [(String, String)] = []
        let code: String
        var message = ""
        var id: String?
        var testDescription: String { name }
    }

    static let replies: [Reply] = [
        Reply(
            name: "query",
            body: """
                <?xml version="1.0"?><ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <Error>
                    <Type>Sender</Type>
                    <Code>AccessDenied</Code>
                    <Message>User: &quot;x&#39;s&quot; &lt;is&gt; &#x26; &amp;lt; not</Message>
                  </Error>
                  <RequestId>11-22</RequestId>
                </ErrorResponse>
                """, code: "AccessDenied", message: "User: \"x's\" <is> & &lt; not", id: "11-22"),
        Reply(
            name: "ec2",
            body: "<Response><Errors><Error><Code>Client.UnauthorizedOperation</Code><Message>No.</Message></Error>"
                + "</Errors><RequestID>ea-1</RequestID></Response>", code: "UnauthorizedOperation", message: "No.",
            id: "ea-1"),
        Reply(
            name: "S3",
            body: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code><Message>The specified "
                + "bucket does not exist</Message><BucketName>b</BucketName><RequestId>R</RequestId></Error>",
            headers: [("x-amz-request-id", "R-header")], code: "NoSuchBucket",
            message: "The specified bucket does not exist", id: "R"),
        Reply(
            name: "a prefix of a namespace, a comment and character data",
            body: "<!-- <Code>No</Code> --><e:Error xmlns:e='x'><e:Code a='>'/><e:Code>A</e:Code>"
                + "<Message><![CDATA[a < b && c]]> &#128508; &bogus; &</Message></e:Error>",
            code: "A", message: "a < b && c 🗼 &bogus; &"),
        Reply(
            name: "front end",
            body: "<AccessDeniedException>\n <Message>Unable to …</Message>\n</AccessDeniedException>",
            code: "AccessDeniedException", message: "Unable to …"),
        Reply(
            name: "front end without a body", body: "<UnknownOperationException/>\n", code: "UnknownOperationException"),
        Reply(
            name: "json",
            body: #"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"m"}"#,
            headers: [("x-amzn-RequestId", "ID")], code: "ResourceNotFoundException", message: "m", id: "ID"),
        Reply(
            name: "json, capital message", body: #"{"__type":"AccessDeniedException","Message":"Zürich 🗼"}"#,
            code: "AccessDeniedException", message: "Zürich 🗼"),
        Reply(
            name: "rest-json header", body: #"{"message":"m"}"#,
            headers: [("X-Amzn-Errortype", "NotFoundException:http://internal.amazon.com/coral/")],
            code: "NotFoundException", message: "m"),
        Reply(name: "rest-json code", body: #"{"code":"aws.x#Bad:uri","Message":"m"}"#, code: "Bad", message: "m"),
        Reply(
            name: "HTML", body: "<html><head><title>502</title></head><body><Code>No</Code></body></html>",
            code: "HTTP400"),
        Reply(name: "HTML with a DOCTYPE", body: "<!DOCTYPE html><html><Code>No</Code></html>", code: "HTTP400"),
        Reply(
            name: "entity bomb",
            body: "<!DOCTYPE e [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Error><Code>&b;</Code></Error>",
            code: "HTTP400"),
        Reply(name: "empty", body: "", code: "HTTP400"),
        Reply(name: "white space", body: " \r\n\t", code: "HTTP400"),
        Reply(name: "plain text", body: "upstream connect error", code: "HTTP400"),
        Reply(name: "broken JSON", body: #"{"__type":"Trun"#, code: "HTTP400"),
        Reply(name: "JSON of other types", body: #"{"__type":5,"message":{"a":1}}"#, code: "HTTP400"),
        Reply(name: "deep JSON", body: String(repeating: "{\"a\":", count: 5000), code: "HTTP400"),
        Reply(name: "broken XML", body: "<Error><Code>Throttling</Code><Mess", code: "Throttling"),
        Reply(name: "unclosed tag", body: "<Error><Code", code: "HTTP400"),
        Reply(name: "an endless comment", body: "<!-- <Error>", code: "HTTP400"),
        Reply(name: "a code that is prose", body: "<Error><Code>a b\nc</Code></Error>", code: "HTTP400"),
        Reply(
            name: "control characters", body: "<Error><Code>X</Code><Message>a\u{1B}[31m\nb</Message></Error>",
            code: "X", message: "a [31m b"),
    ]

    @Test("Error replies of all protocols, and what is none, are read", arguments: replies)
    func bodies(reply: Reply) {
        let headers = HTTPHeaders(reply.headers.map { ($0.0, $0.1) })
        let read = AWSErrorBody(status: 400, headers: headers, body: Array(reply.body.utf8))
        #expect(read.code == reply.code)
        #expect(read.message == reply.message)
        #expect(read.requestID == reply.id)
    }

    @Test("Size is bounded: the body read, the code, the message")
    func bounds() {
        let long = String(repeating: "x", count: 1 << 20)
        let body = Array("<Error><Code>A</Code><Message>\(long)".utf8) + Array("</Message></Error>".utf8)
        #expect(AWSErrorBody(status: 400, headers: HTTPHeaders([]), body: body).code == "A")
        let error = AWSServiceError(
            service: "ec2", operation: "X", status: 400, headers: HTTPHeaders([]),
            body: Array("<Error><Code>\(long.prefix(200))</Code><Message>\(long.prefix(5000))</Message></Error>".utf8))
        #expect(error.code == "HTTP400")
        #expect(error.message.count == AWSServiceError.messageLimit)
    }

    @Test("Any bytes are read without harm")
    func random() {
        var generator = SplitMix(state: 1)
        let seed = Array("<Error><Code>A&#x41;</Code><![CDATA[x]]><!-- --></Error>{\"__type\":\"a#b\"}".utf8)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0...40, using: &generator))
            let read = AWSErrorBody(status: 400, headers: HTTPHeaders([]), body: bytes)
            #expect(!read.code.isEmpty && read.code.utf8.count <= 128)
        }
    }

    struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
