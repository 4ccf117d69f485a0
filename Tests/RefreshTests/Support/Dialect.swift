import Testing

/// How one service speaks: a type of it, its pages and its errors, in one of AWS's protocols.
struct Dialect: Sendable, CustomTestStringConvertible {
    let name: String
    let type: String
    /// As an error names it.
    let operation: String
    /// As `FakeAWS` names it.
    let call: String
    let token: String
    let isGlobal: Bool
    /// `sk` of the resource of that id.
    let key: @Sendable (String) -> String
    /// A page of resources, each an id and a digit that is its content, and the token of the next.
    let page: @Sendable ([(id: String, content: Int)], String?) -> String
    let error: @Sendable (Int, String, String) -> FakeAWS.Answer
    /// The answers of follow-up calls.
    var other: @Sendable (FakeAWS.Call) -> FakeAWS.Answer = { _ in .ok("{}") }

    var service: String { String(type.prefix { $0 != "/" }) }
    var testDescription: String { name }

    static let requestID = "11111111-2222-3333"
    static let all = [ec2, query, json, restXML, restJSON]

    static let ec2 = Dialect(
        name: "ec2", type: "ec2/vpc", operation: "DescribeVpcs", call: "DescribeVpcs", token: "NextToken",
        isGlobal: false, key: { $0 },
        page: { items, next in
            let list = items.map {
                "<item><vpcId>\($0.id)</vpcId><cidrBlock>10.\($0.content).0.0/16</cidrBlock></item>"
            }
            return "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                + "<vpcSet>\(list.joined())</vpcSet>"
                + (next.map { "<nextToken>\($0)</nextToken>" } ?? "") + "</DescribeVpcsResponse>"
        },
        error: { status, code, message in
            .error(
                status: status, headers: [],
                body: "<Response><Errors><Error><Code>\(code)</Code><Message>\(message)</Message></Error></Errors>"
                    + "<RequestID>\(requestID)</RequestID></Response>")
        })

    static let query = Dialect(
        name: "query", type: "sns/subscription", operation: "ListSubscriptions", call: "ListSubscriptions",
        token: "NextToken", isGlobal: false, key: { arn("sns", "topic:" + $0) },
        page: { items, next in
            let list = items.map {
                "<member><SubscriptionArn>\(arn("sns", "topic:" + $0.id))</SubscriptionArn>"
                    + "<Endpoint>\($0.content)@example.com</Endpoint></member>"
            }
            return "<ListSubscriptionsResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
                + "<ListSubscriptionsResult><Subscriptions>\(list.joined())</Subscriptions>"
                + (next.map { "<NextToken>\($0)</NextToken>" } ?? "")
                + "</ListSubscriptionsResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
                + "</ListSubscriptionsResponse>"
        },
        error: { status, code, message in
            .error(
                status: status, headers: [],
                body: "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message>"
                    + "</Error><RequestId>\(requestID)</RequestId></ErrorResponse>")
        })

    static let json = Dialect(
        name: "json", type: "glue/crawler", operation: "GetCrawlers", call: "GetCrawlers", token: "NextToken",
        isGlobal: false, key: { "crawler/\($0)" },
        page: { items, next in
            let list = items.map { "{\"Name\":\"\($0.id)\",\"Description\":\"version \($0.content)\"}" }
            return "{\"Crawlers\":[\(list.joined(separator: ","))]" + (next.map { ",\"NextToken\":\"\($0)\"" } ?? "")
                + "}"
        },
        error: { status, code, message in
            .error(
                status: status, headers: [("x-amzn-requestid", requestID)],
                body: "{\"__type\":\"com.amazonaws#\(code)\",\"message\":\"\(message)\"}")
        })

    static let restXML = Dialect(
        name: "rest-xml", type: "s3/bucket", operation: "ListBuckets", call: "GET /", token: "continuation-token",
        isGlobal: true, key: { $0 },
        page: { items, next in
            let list = items.map {
                "<Bucket><Name>\($0.id)</Name><CreationDate>2024-01-0\($0.content)T10:00:00.000Z</CreationDate></Bucket>"
            }
            return "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<Buckets>\(list.joined())</Buckets>"
                + (next.map { "<ContinuationToken>\($0)</ContinuationToken>" } ?? "") + "</ListAllMyBucketsResult>"
        },
        error: { status, code, message in
            .error(
                status: status, headers: [("x-amz-request-id", requestID)],
                body: "<Error><Code>\(code)</Code><Message>\(message)</Message></Error>")
        },
        other: { call in
            if call.target.contains("?location") {
                return .ok(
                    "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>")
            }
            if call.target.contains("?versioning") { return .ok("<VersioningConfiguration/>") }
            if call.target.contains("?logging") { return .ok("<BucketLoggingStatus/>") }
            let absent = [
                "tagging": "NoSuchTagSet", "encryption": "ServerSideEncryptionConfigurationNotFoundError",
                "policy": "NoSuchBucketPolicy", "publicAccessBlock": "NoSuchPublicAccessBlockConfiguration",
                "lifecycle": "NoSuchLifecycleConfiguration",
            ]
            let code = absent.first { call.target.contains("?" + $0.key) }?.value ?? "Unexpected"
            return .error(status: 404, headers: [], body: "<Error><Code>\(code)</Code></Error>")
        })

    static let restJSON = Dialect(
        name: "rest-json", type: "lambda/function", operation: "ListFunctions", call: "GET /2015-03-31/functions",
        token: "Marker", isGlobal: false, key: { arn("lambda", "function:" + $0) },
        page: { items, next in
            let list = items.map {
                "{\"FunctionName\":\"\($0.id)\",\"FunctionArn\":\"\(arn("lambda", "function:" + $0.id))\","
                    + "\"Description\":\"version \($0.content)\"}"
            }
            return "{\"Functions\":[\(list.joined(separator: ","))]"
                + (next.map { ",\"NextMarker\":\"\($0)\"" } ?? "") + "}"
        },
        error: { status, code, message in
            .error(
                status: status, headers: [("x-amzn-requestid", requestID), ("x-amzn-errortype", code + ":")],
                body: "{\"message\":\"\(message)\"}")
        })

    private static func arn(_ service: String, _ rest: String) -> String {
        "arn:aws:\(service):me-south-1:111122223333:\(rest)"
    }

    /// Answers the listing page by page: tokens are `page-1`, `page-2`, …
    func estate(_ pages: [[(id: String, content: Int)]], account: String? = nil) -> FakeAWS.Handler {
        { call in
            guard call.operation == self.call, account == nil || call.account == account else {
                return self.other(call)
            }
            let number = self.number(of: call)
            return .ok(self.page(pages[number], number + 1 < pages.count ? "page-\(number + 1)" : nil))
        }
    }

    /// The number of the page asked for, from 0.
    func number(of call: FakeAWS.Call) -> Int {
        call.field(token).flatMap { Int($0.drop { !$0.isNumber }) } ?? 0
    }
}
