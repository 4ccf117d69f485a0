import AWS
import JSON
import Testing

@testable import Inventory

@Suite("IAM permissions")
struct AccessTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try Catalogue.builtIn() }

    @Test("The actions of every type are those of its calls; few are guesses, and none of what every estate uses")
    func actionsOfCalls() throws {
        var guessed: Set<String> = []
        for name in catalogue.index.services.keys.sorted() {
            let service = try catalogue.glance(at: name)
            for type in service.types {
                let before = service.model.endpointDiscovery.map { [$0] } ?? []
                let calls = before + [type.operation] + type.followUps.map(\.operation)
                let tagging = type.tagging == nil ? [] : ["tag:GetResources"]
                #expect(Set(type.actions) == Set(calls.map(service.permissions.action) + tagging), "\(type.name)")
                guessed.formUnion(service.guessedActions(of: type))
                if type.group == .core { #expect(service.guessedActions(of: type) == [], "\(type.name)") }
            }
        }
        #expect(guessed.count <= 63)
        #expect(catalogue.loadedServices.isEmpty)
    }

    @Test(
        "Actions that are called otherwise than their operation are IAM's",
        arguments: [
            ("s3", "ListBuckets", "s3:ListAllMyBuckets"), ("apigateway", "GetRestApis", "apigateway:GET"),
            ("elbv2", "DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers"),
            ("efs", "DescribeFileSystems", "elasticfilesystem:DescribeFileSystems"),
            ("opensearch", "DescribeDomains", "es:DescribeDomains"),
            ("budgets", "DescribeBudgets", "budgets:ViewBudget"),
            ("stepfunctions", "ListStateMachines", "states:ListStateMachines"),
            ("memorydb", "DescribeACLs", "memorydb:DescribeAcls"), ("amplify", "ListWebhooks", "amplify:ListWebHooks"),
        ])
    func exceptions(service: String, operation: String, action: String) throws {
        #expect(try catalogue.glance(at: service).permissions.action(operation) == action)
    }

    @Test("A parent that is not selected brings its list action alone")
    func parents() throws {
        let child = try SelectedActions(words: ["ecs/service"], in: catalogue, regions: nil).actions
        #expect(child.contains("ecs:ListClusters") && child.contains("ecs:ListServices"))
        #expect(!child.contains("ecs:DescribeClusters"))
        let both = try SelectedActions(words: ["ecs/service", "ecs/cluster"], in: catalogue, regions: nil).actions
        #expect(both.contains("ecs:DescribeClusters"))
    }

    @Test("A service that no listed region has brings nothing")
    func regions() throws {
        let words = ["route53domains", "s3/bucket", "sqs"]
        let china = try SelectedActions(words: words, in: catalogue, regions: ["cn-north-1"]).actions
        #expect(china.contains("sqs:ListQueues") && !china.contains { $0.hasPrefix("route53domains:") })
    }

    @Test("Split policies fit, allow the same, have unique ids and keep the order", arguments: [200, 500, 6_144])
    func split(limit: Int) {
        let actions = Set((0..<3_000).map { "service-\($0 % 300):List\(String(repeating: "x", count: $0 % 40))\($0)" })
        let whole = IAMPolicy([
            IAMStatement(id: "ReadInventory", actions: actions),
            IAMStatement(
                id: "Assume", actions: ["sts:AssumeRole"], resources: ["arn:aws:iam::111122223333:role/A"],
                condition: ["StringEquals": ["a": "b"]]),
        ])
        let parts = whole.split(limit: limit)
        for part in parts {
            #expect(part.characters <= limit)
            #expect(Set(part.statements.map(\.id)).count == part.statements.count)
            #expect(part.statements.allSatisfy { !$0.actions.isEmpty })
        }
        #expect(parts.flatMap(\.statements).filter { $0.id == "ReadInventory" }.flatMap(\.actions) == actions.sorted())
        #expect(parts.last?.statements.last == whole.statements.last)
        // A part ends only where the next action does not fit; a statement's frame has less than 150 characters.
        for (part, next) in zip(parts, parts.dropFirst()) {
            let action = next.statements.first?.actions.first ?? ""
            #expect(part.characters + action.count + 150 > limit)
        }
    }

    @Test("A refusal names the action, another failure and a refusal without a call do not")
    func naming() {
        func failure(_ outcome: Outcome, _ operation: String) -> ListingFailure {
            ListingFailure(
                outcome: outcome, error: ListingError(operation: operation, code: "C", message: "no", requestID: "r"))
        }
        let named = failure(.denied, "ListX").naming { ["a:\($0)"] }
        #expect(named.error.message == "needs a:ListX: no" && named.error.requestID == "r")
        #expect(named.naming { _ in ["b:c"] }.error.message == "needs a:ListX: no")
        #expect(failure(.deniedByPolicy, "ListX").naming { ["a:\($0)"] }.error.message == "needs a:ListX: no")
        #expect(failure(.throttled, "ListX").naming { ["a:\($0)"] }.error.message == "no")
        #expect(failure(.denied, "").naming { ["a:\($0)"] }.error.message == "no")
    }
}
