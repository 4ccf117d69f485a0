import AWS
import JSON
import Testing

@testable import Inventory

/// The generated data, proved against itself: whatever an entry names exists in the service's shapes.
@Suite struct CatalogueDataTests {
    private static let services = ((try? Catalogue.builtIn())?.index.services.keys.sorted()) ?? []
    private let catalogue: Catalogue

    init() throws { catalogue = try Catalogue.builtIn() }

    @Test("at least 330 services and 2,000 types are known")
    func counts() {
        #expect(catalogue.index.services.count >= 330)
        #expect(catalogue.index.typeNames().count >= 2_000)
    }

    @Test("every entry of a service fits the service's shapes", arguments: services)
    func entriesFitShapes(service name: String) throws {
        let service = try catalogue.service(name)
        let check = CatalogueCheck(service)
        for type in service.types {
            let problems = check.problems(of: type)
            #expect(problems.isEmpty, "\(type.name)")
        }
        let entry = try #require(catalogue.index.services[name])
        #expect(Set(service.types.map(\.kind)) == Set(entry.types.keys))
        for type in service.types {
            #expect(entry.types[type.kind] == .init(group: type.group, parent: type.parent?.kind), "\(type.name)")
        }
    }

    @Test("keys by the bare identifier cannot collide within a service", arguments: services)
    func bareKeysAreDistinct(service name: String) throws {
        var owners: [String: String] = [:]
        for type in try catalogue.service(name).types where type.key == .id {
            for path in type.id.parts.flatMap({ $0 }) {
                let member = path.members.last ?? "@"
                #expect(owners.updateValue(type.kind, forKey: member) == nil, "\(type.name) by \(member)")
            }
        }
    }

    @Test("types keyed by the ARN have one in the list's item", arguments: services)
    func arnKeysHaveARNs(service name: String) throws {
        for type in try catalogue.service(name).types where type.key == .arn {
            guard let selector = type.arn?.selector else {
                Issue.record("\(type.name) has no ARN")
                continue
            }
            #expect(selector.parts.flatMap { $0 }.allSatisfy { $0.origin == .item }, "\(type.name)")
        }
    }

    /// Services whose bare identifiers are reviewed: prefixed ones, and those that the replaced system stored bare.
    private static let bareServices: Set<String> = ["cognito-identity", "cognito-idp", "ec2", "rds", "s3"]

    @Test("keys of different rules cannot be equal", arguments: services)
    func keyRulesAreApart(service name: String) throws {
        for type in try catalogue.service(name).types {
            // What stands before the first `/` of a qualified key is never the beginning of an ARN.
            #expect(!type.kind.isEmpty && type.kind.utf8.allSatisfy(Self.isKindLetter), "\(type.name)")
            if type.key == .id { #expect(Self.bareServices.contains(name), "\(type.name)") }
            let own = type.id.parts.flatMap { $0 }.map(\.origin)
            #expect(
                own.allSatisfy { $0 == .item || $0 == .input }, "\(type.name): a failing later call changes its key")
        }
    }

    private static func isKindLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    @Test(
        "types that show another resource's ARN, or one for several, are not keyed by it",
        arguments: [
            "databrew/recipe", "connect/queue-quick-connect", "events/rule-target", "glue/integration-table-property",
            "iam/mfa-device", "license-manager/license-version", "organizations/delegated-administrator",
            "quicksight/group-membership", "ram/resource-share-permission",
            "resiliencehub/app-input-source", "waf/logging-configuration", "waf-regional/logging-configuration",
            "wafv2/logging-configuration",
        ])
    func sharedARNs(name: String) throws { #expect(try catalogue.type(name).key == .qualified) }

    @Test(
        "identifiers hold all that tells two resources apart, what the call asked for among it",
        arguments: [
            ("logs/account-policy", ["policyType", "policyName"]),
            ("opensearchserverless/security-policy", ["type", "name"]), ("quicksight/role-membership", ["Role", ""]),
            ("servicecatalog/portfolio-share", ["Type", "PrincipalId"]),
            ("databrew/recipe", ["Name", "RecipeVersion"]),
            ("ecr-public/image", ["repositoryName", "imageDigest"]),
            ("sagemaker/app", ["DomainId", "UserProfileName", "AppType", "AppName"]),
            ("lakeformation/data-cells-filter", ["TableCatalogId", "DatabaseName", "TableName", "Name"]),
        ])
    func variedCalls(name: String, members: [String]) throws {
        let parts = try catalogue.type(name).id.parts
        #expect(parts.map { $0.first?.members.first ?? "" } == members)
    }

    @Test(
        "the client's own operations are there though no type lists with them",
        arguments: [
            ("sts", "AssumeRole"), ("sts", "GetCallerIdentity"), ("ec2", "DescribeRegions"),
            ("organizations", "ListAccountsForParent"), ("organizations", "ListChildren"), ("account", "ListRegions"),
            ("dynamodb", "BatchWriteItem"), ("dynamodb", "Query"), ("resourcegroupstaggingapi", "GetResources"),
        ])
    func clientOperations(service: String, operation: String) throws {
        let found = try #require(try catalogue.service(service).model.operations[operation])
        #expect(found.name == operation)
    }

    @Test(
        "the replaced system's types keep their keys and the calls that complete them",
        arguments: [
            ("s3/bucket", .id, ["GetBucketLocation", "GetBucketTagging", "GetPublicAccessBlock", "GetBucketLogging"]),
            ("rds/db-instance", .id, []),
            ("ec2/instance", .id, []),
            ("ec2/nat-gateway", .id, []),
            ("iam/role", .arn, ["GetRole", "ListAttachedRolePolicies", "ListRolePolicies"]),
            ("iam/user", .arn, ["GetUser", "ListAttachedUserPolicies"]),
            ("elbv2/load-balancer", .arn, ["DescribeTags", "DescribeLoadBalancerAttributes"]),
            ("lambda/function", .arn, ["ListTags"]),
            ("sqs/queue", .qualified, ["GetQueueAttributes", "ListQueueTags"]),
            ("sns/topic", .arn, ["GetTopicAttributes", "ListTagsForResource"]),
            (
                "dynamodb/table", .qualified,
                ["DescribeTable", "ListTagsOfResource", "DescribeContinuousBackups", "DescribeTimeToLive"]
            ),
            ("eks/cluster", .qualified, ["DescribeCluster"]),
            ("ecs/service", .arn, ["DescribeServices"]),
            ("cloudfront/distribution", .arn, ["GetDistribution", "ListTagsForResource"]),
            ("acm/certificate", .arn, ["DescribeCertificate", "ListTagsForCertificate"]),
            ("route53/hosted-zone", .qualified, ["ListTagsForResource"]),
            ("cognito-idp/user-pool", .id, ["DescribeUserPool"]),
            ("cognito-identity/identity-pool", .id, ["DescribeIdentityPool"]),
            ("wafv2/web-acl", .arn, ["GetWebACL", "ListTagsForResource"]),
        ] as [(String, ResourceType.KeyRule, [String])])
    func replacedTypes(name: String, key: ResourceType.KeyRule, calls: [String]) throws {
        let type = try catalogue.type(name)
        #expect(type.key == key)
        #expect(type.group == .core)
        let found = (type.detail.map { [$0.operation] } ?? []) + type.enrichments.map(\.operation)
        for call in calls { #expect(found.contains(call), "\(name) lacks \(call)") }
    }

    @Test(
        "secrets are redacted",
        arguments: [
            ("lambda/function", "Environment.Variables.[]"),
            ("ecs/task-definition", "containerDefinitions.[].environment.[].value"),
            ("ec2/launch-template-version", "LaunchTemplateData.UserData"),
            ("codebuild/project", "environment.environmentVariables.[].value"),
            ("rds/db-instance", "PendingModifiedValues.MasterUserPassword"),
            ("cognito-idp/user-pool-client", "ClientSecret"),
            ("glue/job", "DefaultArguments.[]"), ("ivs/stream-key", "value"),
            ("cloudfront/distribution", "DistributionConfig.Origins.Items.[].CustomHeaders.Items.[].HeaderValue"),
            ("kafkaconnect/connector", "connectorConfiguration.[]"), ("route53globalresolver/access-token", "value"),
            (
                "batch/job-definition",
                "nodeProperties.nodeRangeProperties.[].ecsProperties.taskProperties.[].containers.[].environment.[].value"
            ),
            ("glue/connection", "ConnectionProperties.PASSWORD"),
        ])
    func redactions(name: String, path: String) throws {
        let paths = try catalogue.type(name).redactions.map { $0.joined(separator: ".") }
        #expect(paths.contains(path), "\(paths)")
    }

    @Test(
        "values that move by themselves are volatile",
        arguments: [
            ("rds/db-instance", "LatestRestorableTime"), ("dynamodb/table", "ItemCount"),
            ("sqs/queue", "Attributes.ApproximateNumberOfMessages"), ("iam/role", "RoleLastUsed"),
            ("iam/user", "PasswordLastUsed"), ("ecs/cluster", "runningTasksCount"),
        ])
    func volatileMembers(name: String, path: String) throws {
        let paths = try catalogue.type(name).volatile.map { $0.joined(separator: ".") }
        #expect(paths.contains(path), "\(paths)")
    }

    @Test(
        "IAM actions are IAM's names, not the API's",
        arguments: [
            ("s3/bucket", "s3:ListAllMyBuckets"), ("s3/bucket", "s3:GetEncryptionConfiguration"),
            ("s3/bucket", "s3:GetBucketPublicAccessBlock"), ("s3/bucket", "s3:GetLifecycleConfiguration"),
            ("apigateway/rest-api", "apigateway:GET"), ("elbv2/rule", "elasticloadbalancing:DescribeRules"),
            ("cloudwatch/alarm", "cloudwatch:DescribeAlarms"),
            ("efs/file-system", "elasticfilesystem:DescribeFileSystems"),
        ])
    func actions(name: String, action: String) throws {
        let actions = try catalogue.type(name).actions
        #expect(actions.contains(action), "\(actions)")
    }

    @Test(
        "lists that come in pages say how the next one is asked for",
        arguments: [
            ("cloudfront/cache-policy", "Marker", ["CachePolicyList", "NextMarker"]),
            ("lightsail/bucket", "pageToken", ["nextPageToken"]),
            ("route53/reusable-delegation-set", "Marker", ["NextMarker"]),
            ("s3/bucket-inventory-configuration", "ContinuationToken", ["NextContinuationToken"]),
            ("dynamodbstreams/stream", "ExclusiveStartStreamArn", ["LastEvaluatedStreamArn"]),
        ])
    func pages(name: String, input: String, output: [String]) throws {
        let pages = try #require(try catalogue.type(name).pagination)
        #expect(pages.inputs == [input])
        #expect(pages.outputs == [output])
    }

    @Test("a bucket's settings are asked for in the bucket's own region")
    func bucketRegion() throws {
        for call in try catalogue.type("s3/bucket").enrichments {
            let paths = try #require(call.region).parts.flatMap { $0 }
            #expect(paths.map(\.origin) == [.item, .detail])
            #expect(paths.map(\.members) == [["BucketRegion"], ["LocationConstraint"]])
        }
    }

    @Test("WAF lists CloudFront's resources in us-east-1 alone")
    func wafScopes() throws {
        let inputs = try catalogue.type("wafv2/web-acl").inputs
        #expect(inputs.map { $0.members["Scope"]?.string } == ["REGIONAL", "CLOUDFRONT"])
        #expect(inputs.map(\.onlyRegion) == [nil, "us-east-1"])
    }
}
