import JSON
import Testing

@testable import Inventory

/// Tags that the Resource Groups Tagging API told.
@Suite("The table of tags") struct TagTableTests {
    private func table(_ mappings: [String]) -> TagTable {
        var table = TagTable()
        for each in mappings {
            let bytes = Array(each.utf8)
            table.add(bytes.span)
        }
        return table
    }

    private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test("an ARN finds its own tags and no other's")
    func find() {
        let table = table([
            #"{"ResourceARN":"arn:aws:glue:r:1:job/a","Tags":[{"Key":"k","Value":"1"}]}"#,
            #"{"ResourceARN":"arn:aws:glue:r:1:job/ab","Tags":[]}"#,
        ])
        #expect(text(table.tags(of: "arn:aws:glue:r:1:job/a")) == #"[{"Key":"k","Value":"1"}]"#)
        #expect(text(table.tags(of: "arn:aws:glue:r:1:job/ab")) == "[]")
        #expect(table.tags(of: "arn:aws:glue:r:1:job/") == nil)
        #expect(table.tags(of: "") == nil)
        #expect(!table.isCut)
    }

    @Test("what comes again replaces what came before, and what has no ARN is passed over")
    func replace() {
        let table = table([
            #"{"ResourceARN":"arn:a","Tags":[1]}"#, #"{"Tags":[3]}"#, #"{"ResourceARN":"arn:a","Tags":[2]}"#, "{}",
        ])
        #expect(text(table.tags(of: "arn:a")) == "[2]")
    }

    @Test("a full table says that it is cut, and keeps what it has")
    func full() {
        var table = TagTable()
        let tags = String(repeating: "x", count: 1 << 20)
        for number in 0..<17 {
            let mapping = Array(#"{"ResourceARN":"arn:\#(number)","Tags":["\#(tags)"]}"#.utf8)
            table.add(mapping.span)
        }
        #expect(table.isCut)
        #expect(table.size <= TagTable.limitInBytes)
        #expect(table.tags(of: "arn:0") != nil)
        #expect(table.tags(of: "arn:16") == nil)
    }
}
