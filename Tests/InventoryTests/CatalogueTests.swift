import AWS
import JSON
import Synchronization
import Testing

@testable import Inventory

@Suite struct CatalogueTests {
    @Test("asking for ec2 reads the index and ec2's file, once")
    func readsOnlyWhatIsAskedFor() throws {
        let names = Mutex<[String]>([])
        let catalogue = try Catalogue { name in
            names.withLock { $0.append(name) }
            return CatalogueFiles.read(name)
        }
        #expect(try catalogue.service("ec2").type("instance")?.operation == "DescribeInstances")
        #expect(try catalogue.type("ec2/vpc").operation == "DescribeVpcs")
        #expect(names.withLock { $0 } == ["index.json", "services/ec2.json"])
        #expect(catalogue.loadedServices == ["ec2"])
    }

    @Test("selection, availability and homes need the index alone")
    func indexIsEnough() throws {
        let names = Mutex<[String]>([])
        let catalogue = try Catalogue { name in
            names.withLock { $0.append(name) }
            return CatalogueFiles.read(name)
        }
        _ = try TypeSelection(words: ["core"], in: catalogue.index)
        _ = catalogue.isOffered("ec2", in: "eu-west-1")
        #expect(names.withLock { $0 } == ["index.json"])
    }

    @Test("forgotten services are read again")
    func forgets() throws {
        let catalogue = try Catalogue.builtIn()
        _ = try catalogue.service("sqs")
        catalogue.forgetServices()
        #expect(catalogue.loadedServices.isEmpty)
        #expect(try catalogue.service("sqs").types.map(\.name) == ["sqs/queue"])
    }

    @Test("many threads get the same service at once")
    func concurrentUse() async throws {
        let catalogue = try Catalogue.builtIn()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 { group.addTask { try catalogue.service("iam").types.count } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(counts.count == 1)
    }

    @Test("an unknown service is refused with the one that was meant")
    func unknownService() throws {
        let catalogue = try Catalogue.builtIn()
        #expect(throws: CatalogueError.unknownService("lamda", suggestion: "lambda")) {
            try catalogue.service("lamda")
        }
        #expect(throws: CatalogueError.unknownWord("ec2/instnce", suggestion: "ec2/instance")) {
            try catalogue.type("ec2/instnce")
        }
    }

    @Test(
        "a damaged file is reported with its name, the entry and the reason",
        arguments: [
            ("{", "services/sqs.json: 1:2: the text ends inside a value"),
            (#"{"protocol":"soap"}"#, #"services/sqs.json: protocol: "soap" is not known"#),
            (
                #"{"protocol":"json","endpointPrefix":"sqs","serviceID":"SQS","shapes":[["l",7]],"operations":{}}"#,
                "services/sqs.json: shapes[0]: 7 refers to no shape"
            ),
            (
                #"{"protocol":"json","endpointPrefix":"sqs","serviceID":"SQS","shapes":[],"operations":{"A":["POST"]}}"#,
                "services/sqs.json: operations.A: expected [method, path, input, output, options?]"
            ),
        ])
    func damagedFile(content: String, message: String) throws {
        let catalogue = try Catalogue { name in
            name == "services/sqs.json" ? Array(content.utf8) : CatalogueFiles.read(name)
        }
        let error = #expect(throws: CatalogueError.self) { try catalogue.service("sqs") }
        #expect(error?.description == message)
    }

    @Test(
        "a service is offered where AWS runs it, and in regions no one knows yet",
        arguments: [
            ("ec2", "eu-west-1", true), ("ec2", "xx-future-9", true), ("ec2", Scope.global, false),
            ("iam", "eu-west-1", false), ("iam", Scope.global, true), ("s3", Scope.global, true),
            ("devicefarm", "eu-west-1", false), ("devicefarm", "us-west-2", true),
            ("apprunner", "ca-west-1", false), ("nothing", "eu-west-1", false),
        ])
    func availability(service: String, region: String, expected: Bool) throws {
        #expect(try Catalogue.builtIn().isOffered(service, in: region) == expected)
    }

    @Test(
        "global services answer from one region of each partition",
        arguments: [
            ("iam", "aws", "us-east-1"), ("iam", "aws-cn", "cn-north-1"), ("globalaccelerator", "aws", "us-west-2"),
            ("s3", "aws-us-gov", "us-gov-west-1"), ("globalaccelerator", "aws-cn", nil), ("ec2", "aws", nil),
        ] as [(String, String, String?)])
    func homes(service: String, partition: String, region: String?) throws {
        #expect(try Catalogue.builtIn().homeRegion(service, partition: partition) == region)
    }

    @Test("wire facts come through: protocol, names on the wire, wrappers, hosts")
    func wireFacts() throws {
        let catalogue = try Catalogue.builtIn()
        let s3 = try catalogue.service("s3").model
        #expect(s3.wireProtocol == .restXML)
        #expect(s3.operations["GetBucketLocation"]?.unwrappedRoot == "LocationConstraint")
        let elb = try catalogue.service("elbv2").model
        #expect(elb.serviceID == "Elastic Load Balancing v2")
        #expect(elb.endpointPrefix == "elasticloadbalancing")
        #expect(elb.operations["DescribeRules"]?.resultWrapper == "DescribeRulesResult")
        let ec2 = try catalogue.service("ec2").model
        #expect(ec2.operations["DescribeVpcs"]?.resultWrapper == nil)
        let output = try #require(ec2.operations["DescribeVpcs"]?.output)
        guard case .structure(let reply) = ec2.shapes[output] else { throw CatalogueTestError.unexpectedShape }
        #expect(reply.members.first { $0.name == "Vpcs" }?.wireName == "vpcSet")
        #expect(try catalogue.service("iam").model.endpoint != .standard)
        #expect(try catalogue.service("sqs").model.targetPrefix == "AmazonSQS")
    }
}

enum CatalogueTestError: Error { case unexpectedShape }
