import Testing

@testable import AWS

@Suite("Endpoints")
struct EndpointTests {
    private func service(_ name: String, prefix: String? = nil, _ rule: EndpointRule = .standard) -> ServiceModel {
        ServiceModel(
            name: name, wireProtocol: .query, endpointPrefix: prefix ?? name, signingName: prefix ?? name,
            apiVersion: "", jsonVersion: "", targetPrefix: "", endpoint: rule, operations: [:], shapes: [])
    }

    private let iam: EndpointRule = .global([
        "aws": .init(host: "iam.amazonaws.com", signingRegion: "us-east-1"),
        "aws-us-gov": .init(host: "iam.us-gov.amazonaws.com", signingRegion: "us-gov-west-1"),
    ])

    @Test(
        "Regional hosts carry their partition's suffix",
        arguments: [
            ("eu-west-1", "ec2.eu-west-1.amazonaws.com"), ("cn-north-1", "ec2.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", "ec2.us-gov-west-1.amazonaws.com"), ("us-iso-east-1", "ec2.us-iso-east-1.c2s.ic.gov"),
            ("us-isob-east-1", "ec2.us-isob-east-1.sc2s.sgov.gov"),
            ("us-isof-south-1", "ec2.us-isof-south-1.csp.hci.ic.gov"),
            ("eu-isoe-west-1", "ec2.eu-isoe-west-1.cloud.adc-e.uk"),
            ("eusc-de-east-1", "ec2.eusc-de-east-1.amazonaws.eu"), ("xx-new-9", "ec2.xx-new-9.amazonaws.com"),
            ("aws-global", "ec2.us-east-1.amazonaws.com"), ("aws-cn-global", "ec2.cn-northwest-1.amazonaws.com.cn"),
        ])
    func regional(region: String, host: String) throws {
        let endpoint = try Endpoint.resolve(service("ec2"), region: region, environment: [:])
        #expect(endpoint.host == host)
        #expect(endpoint.url == "https://\(host)")
        #expect(
            endpoint.signingRegion == (region.hasSuffix("-global") ? String(host.split(separator: ".")[1]) : region))
        #expect(endpoint.signingName == "ec2")
    }

    @Test(
        "Global services have one host a partition and sign for its region",
        arguments: [
            ("aws-global", "iam.amazonaws.com", "us-east-1"), ("eu-west-1", "iam.amazonaws.com", "us-east-1"),
            ("us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
            ("cn-north-1", "iam.amazonaws.com.cn", "cn-northwest-1"),
        ])
    func global(region: String, host: String, signingRegion: String) throws {
        let endpoint = try Endpoint.resolve(service("iam", iam), region: region, environment: [:])
        #expect(endpoint.host == host)
        #expect(endpoint.signingRegion == signingRegion)
    }

    @Test("Templates are filled in, exceptions first")
    func templates() throws {
        let rule = EndpointRule.template(
            "api.{region}.x.{dnsSuffix}", exceptions: ["us-east-1": "x.us-east-1.example.com"])
        #expect(
            try Endpoint.resolve(service("x", rule), region: "eu-west-1", environment: [:]).host
                == "api.eu-west-1.x.amazonaws.com")
        #expect(
            try Endpoint.resolve(service("x", rule), region: "us-east-1", environment: [:]).host
                == "x.us-east-1.example.com")
    }

    @Test(
        "The service's own variable wins over the general one, unless both are ignored",
        arguments: [
            (["AWS_ENDPOINT_URL": "http://127.0.0.1:5000"], "http://127.0.0.1:5000"),
            (
                ["AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_DYNAMODB": "http://b:8000/base/"],
                "http://b:8000/base"
            ),
            (["AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_DYNAMODB": ""], "http://a"),
            (["AWS_ENDPOINT_URL": "HTTPS://LocalHost:443/"], "https://localhost"),
            (["AWS_ENDPOINT_URL": "http://[::1]:80"], "http://[::1]"),
            (["AWS_ENDPOINT_URL": "http://[::1]:4566//"], "http://[::1]:4566"),
            (
                ["AWS_ENDPOINT_URL": "http://a", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"],
                "https://dynamodb.eu-west-1.amazonaws.com"
            ),
            (["AWS_ENDPOINT_URL_SQS": "http://a"], "https://dynamodb.eu-west-1.amazonaws.com"),
        ])
    func overrides(environment: [String: String], url: String) throws {
        let endpoint = try Endpoint.resolve(service("dynamodb"), region: "eu-west-1", environment: environment)
        #expect(endpoint.url == url)
        #expect(endpoint.signingRegion == "eu-west-1")
    }

    @Test("The variable is named by AWS's service id")
    func serviceID() throws {
        #expect(Endpoint.variable("Elastic Load Balancing v2") == "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2")
        #expect(Endpoint.variable("ApiGatewayV2") == "AWS_ENDPOINT_URL_APIGATEWAYV2")
        let endpoint = try Endpoint.resolve(
            service("elbv2"), region: "eu-west-1", serviceID: "Elastic Load Balancing v2",
            environment: ["AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2": "http://h"])
        #expect(endpoint.host == "h")
    }

    @Test("A host prefix stands in front of AWS's hosts, never of a configured one")
    func hostPrefix() throws {
        let own = try Endpoint.resolve(service("x"), region: "eu-west-1", environment: [:])
        #expect(own.prefixed(by: "data-").host == "data-x.eu-west-1.amazonaws.com")
        #expect(own.prefixed(by: nil) == own)
        let set = try Endpoint.resolve(
            service("x"), region: "eu-west-1", environment: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"])
        #expect(set.prefixed(by: "data-") == set)
    }

    @Test(
        "An unusable override is refused by the name of its variable, without its text",
        arguments: [
            "127.0.0.1:5000", "ftp://h", "http://", "http://h:0", "http://h:99999", "http://h:x", "http://u:secret@h",
            "http://h?x=secret", "http://h/#f", "http://h o", "http://hé", "http://[::1", "http://h\r\nX: y", "//h",
        ])
    func refused(url: String) {
        let error = #expect(throws: EndpointError.self) {
            try Endpoint.resolve(service("sts"), region: "eu-west-1", environment: ["AWS_ENDPOINT_URL_STS": url])
        }
        #expect(error?.variable == "AWS_ENDPOINT_URL_STS")
        #expect(error?.description.contains("secret") == false)
    }
}
