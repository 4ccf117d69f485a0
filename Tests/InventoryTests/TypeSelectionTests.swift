import JSON
import Testing

@testable import Inventory

@Suite struct TypeSelectionTests {
    /// A small catalogue: two core services, one that is not, opt-in types, parents.
    private static let index = #"""
        {"format":1,"botocore":"1","partitions":{},"regionSets":[],"services":{
        "ec2":{"types":{"instance":"core","vpc":"core","snapshot":"core","fleet":"all"}},
        "ecr":{"types":{"repository":"core","image":["optIn","repository"]}},
        "elbv2":{"types":{"load-balancer":"core","listener":["all","load-balancer"],"rule":["all","listener"]}},
        "rds":{"types":{"db-instance":"core","db-cluster":"core"}},
        "wellarchitected":{"types":{"workload":"all"}}}}
        """#
    private let index: CatalogueIndex

    init() throws { index = try CatalogueIndex(json: JSONValue.parse(Self.index)) }

    private static let core = [
        "ec2/instance", "ec2/snapshot", "ec2/vpc", "ecr/repository", "elbv2/load-balancer", "rds/db-cluster",
        "rds/db-instance",
    ]

    @Test(
        "words select in their order",
        arguments: [
            ([], core),
            (["core"], core),
            (["!ec2", "!rds/*"], ["ecr/repository", "elbv2/load-balancer"]),
            (["ec2"], ["ec2/fleet", "ec2/instance", "ec2/snapshot", "ec2/vpc"]),
            (["ec2", "!ec2/snapshot"], ["ec2/fleet", "ec2/instance", "ec2/vpc"]),
            (["ec2/vpc", "!ec2", "ec2/fleet"], ["ec2/fleet"]),
            (["rds/*"], ["rds/db-cluster", "rds/db-instance"]),
            (["*/db-?luster"], ["rds/db-cluster"]),
            (
                ["e*/*"],
                [
                    "ec2/fleet", "ec2/instance", "ec2/snapshot", "ec2/vpc", "ecr/repository", "elbv2/listener",
                    "elbv2/load-balancer", "elbv2/rule",
                ]
            ),
            (["ecr"], ["ecr/repository"]),
            (["ecr/image"], ["ecr/image"]),
            (["ecr/im*"], ["ecr/image"]),
            (["all", "!core"], ["ec2/fleet", "elbv2/listener", "elbv2/rule", "wellarchitected/workload"]),
            (["ecr/image", "!all"], []),
        ] as [([String], [String])])
    func selects(words: [String], types: [String]) throws {
        #expect(try TypeSelection(words: words, in: index).types == types)
    }

    @Test("a selected child has its ancestors listed, but not stored")
    func parents() throws {
        let selection = try TypeSelection(words: ["elbv2/rule"], in: index)
        #expect(selection.types == ["elbv2/rule"])
        #expect(selection.listedOnly == ["elbv2/listener", "elbv2/load-balancer"])
        #expect(try TypeSelection(words: ["elbv2"], in: index).listedOnly.isEmpty)
    }

    @Test(
        "a word that names nothing is refused with the one that was meant",
        arguments: [
            ("ec3", "ec2"), ("!rds/db-instnce", "!rds/db-instance"), ("cor", "core"), ("ec2/zzzzzzzz*", nil),
            ("", nil), ("/", nil),
        ] as [(String, String?)])
    func unknownWords(word: String, suggestion: String?) {
        #expect(throws: CatalogueError.unknownWord(word, suggestion: suggestion)) {
            try TypeSelection(words: [word], in: index)
        }
    }

    @Test("the built-in core leaves out what is unbounded and keeps what every estate has")
    func builtInCore() throws {
        let catalogue = try Catalogue.builtIn()
        let core = try TypeSelection(words: ["core"], in: catalogue.index)
        #expect(
            Set(core.types).isSuperset(of: ["ec2/instance", "s3/bucket", "iam/role", "wafv2/web-acl", "eks/cluster"]))
        #expect(!core.types.contains("route53/resource-record-set"))
        #expect(core.listedOnly.isEmpty)
        let all = try TypeSelection(words: ["all"], in: catalogue.index)
        #expect(Set(all.types).isSuperset(of: core.types))
        #expect(!all.types.contains("ecr/image"))
    }
}
