import AWS
import Glibc
import JSON
import Testing

@testable import Inventory

/// A fresh directory of files, removed when the test is over.
private final class Directory {
    let path: String

    init(_ files: [String: String]) throws {
        var template = Array("/tmp/catalogue-test-XXXXXX".utf8CString)
        let path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        self.path = try #require(path)
        for (name, content) in files {
            let file = try #require(fopen("\(self.path)/\(name)", "w"))
            fputs(content, file)
            fclose(file)
        }
    }

    deinit {
        for name in CatalogueDirectory.files(in: path) + ["notes.txt"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}

@Suite struct CatalogueOverrideTests {
    private func overridden(_ files: [String: String]) throws -> (catalogue: Catalogue, problems: [String]) {
        let directory = try Directory(files)
        let (catalogue, problems) = try Catalogue.builtIn().overridden(by: directory.path)
        return (catalogue, problems.map(\.description))
    }

    @Test("members of a type replace the built-in ones and leave the others")
    func replacesMembers() throws {
        let (catalogue, problems) = try overridden([
            "10.json": #"{"services":{"lambda":{"types":{"function":{"enrichments":[],"tags":null,"group":"optIn","#
                + #""sets":null,"redact":["Environment"]}}}}}"#
        ])
        #expect(problems.isEmpty)
        let type = try catalogue.type("lambda/function")
        #expect(type.enrichments.isEmpty)
        #expect(type.tags.isEmpty)
        #expect(type.operation == "ListFunctions")
        #expect(type.redactions == [["Environment"]])
        #expect(catalogue.index.type("lambda/function")?.group == .optIn)
        #expect(try catalogue.service("lambda").types.count == Catalogue.builtIn().service("lambda").types.count)
    }

    @Test("later files win over earlier ones, and other files are no business of ours")
    func order() throws {
        let (catalogue, problems) = try overridden([
            "20.json": #"{"services":{"sqs":{"types":{"queue":{"group":"optIn"}}}}}"#,
            "10.json": #"{"services":{"sqs":{"types":{"queue":{"group":"all","cloudFormation":"A::B::C"}}}}}"#,
            "notes.txt": "not for us",
        ])
        #expect(problems.isEmpty)
        let type = try catalogue.type("sqs/queue")
        #expect(type.group == .optIn)
        #expect(type.cloudFormationType == "A::B::C")
    }

    @Test("new types, their children in any order, and removed types take effect in the index too")
    func newTypes() throws {
        let (catalogue, problems) = try overridden([
            "a.json": #"""
            {"services":{"sns":{"types":{
            "a-child":{"group":"all","operation":"ListTagsForResource","items":"Tags[]","id":"Key",
              "key":"qualified","parent":{"kind":"news","inputs":{"ResourceArn":"TopicArn"}},
              "actions":["sns:ListTagsForResource"]},
            "news":{"group":"core","operation":"ListTopics","items":"Topics[]","id":"TopicArn","arn":"TopicArn",
              "key":"arn","actions":["sns:ListTopics"]}}},
            "ec2":{"types":{"snapshot":null}}}}
            """#
        ])
        #expect(problems.isEmpty)
        #expect(try catalogue.type("sns/a-child").parent?.kind == "news")
        #expect(catalogue.index.type("sns/news")?.group == .core)
        #expect(catalogue.index.type("ec2/snapshot") == nil)
        #expect(throws: CatalogueError.self) { try catalogue.type("ec2/snapshot") }
    }

    @Test("a whole new service is one more file")
    func newService() throws {
        let (catalogue, problems) = try overridden([
            "widgets.json": #"""
            {"services":{"widgets":{"protocol":"rest-json","endpointPrefix":"widgets","serviceID":"Widgets",
            "operations":{"ListWidgets":["GET","/widgets",-1,0]},
            "shapes":[{"widgets":1},["l",2],{"name":"s"}],
            "types":{"widget":{"group":"all","operation":"ListWidgets","items":"widgets[]","id":"name",
            "key":"qualified","actions":["widgets:ListWidgets"]}}}}}
            """#
        ])
        #expect(problems.isEmpty)
        #expect(try catalogue.type("widgets/widget").operation == "ListWidgets")
        #expect(catalogue.isOffered("widgets", in: "eu-west-1"))
        #expect(try TypeSelection(words: ["widgets"], in: catalogue.index).types == ["widgets/widget"])
    }

    @Test(
        "a mistake costs its own entry and is reported with file, entry and reason",
        arguments: [
            ("{\n  \"services\": }", "bad.json: 2:15: unexpected '}'"),
            ("[]", "bad.json: services: an object is expected"),
            (#"{"service":{},"services":{}}"#, "bad.json: service: no such member; \"services\" is expected"),
            (
                #"{"services":{"sqs":{"types":{"queue":{"enrichment":[]}}}}}"#,
                "bad.json: services.sqs.types.queue.enrichment: no such member; did you mean \"enrichments\"?"
            ),
            (
                #"{"services":{"sqs":{"types":{"queue":{"items":"Queues[]"}}}}}"#,
                "bad.json: services.sqs.types.queue.items: does not lead to lists in the reply"
            ),
            (
                #"{"services":{"sqs":{"types":{"queue":{"group":7}}}}}"#,
                "bad.json: services.sqs.types.queue.group: a text is expected"
            ),
            (
                #"{"services":{"sqs":{"types":{"topic":{"group":"all"}}}}}"#,
                "bad.json: services.sqs.types.topic.key: is missing"
            ),
            (
                #"{"services":{"elbv2":{"types":{"load-balancer":null}}}}"#,
                "bad.json: services.elbv2.types.listener.parent.kind: no type load-balancer"
            ),
            (#"{"services":{"widgets":{"types":{}}}}"#, "bad.json: services.widgets.protocol: a text is missing"),
            (#"{"services":{"sqs":[]}}"#, "bad.json: services.sqs: an object is expected"),
        ])
    func mistakes(content: String, message: String) throws {
        let (catalogue, problems) = try overridden([
            "bad.json": content, "good.json": #"{"services":{"sns":{"types":{"topic":{"group":"all"}}}}}"#,
        ])
        #expect(problems == [message])
        #expect(catalogue.index.type("sns/topic")?.group == .all)
        #expect(try catalogue.type("sqs/queue").operation == "ListQueues")
    }

    @Test("without a directory the built-in catalogue stands")
    func noDirectory() throws {
        let (catalogue, problems) = try Catalogue.builtIn().overridden(by: "/nowhere/catalogue.d")
        #expect(problems.isEmpty)
        #expect(catalogue.index.typeNames() == (try Catalogue.builtIn().index.typeNames()))
    }
}
