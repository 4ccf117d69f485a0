import JSON
import Testing

@testable import Inventory

@Suite struct CataloguePathTests {
    @Test(
        "member paths enter lists and maps by []",
        arguments: [
            ("Tags", ["Tags"]), ("A.B[].C", ["A", "B", "[]", "C"]), ("A[][]", ["A", "[]", "[]"]),
            ("Environment.Variables[]", ["Environment", "Variables", "[]"]),
        ])
    func members(text: String, path: [String]) {
        #expect(CataloguePath.members(text) == path)
    }

    @Test(
        "an items path ends in a list",
        arguments: [
            ("Reservations[].Instances[]", [["Reservations"], ["Instances"]]), ("A.B[]", [["A", "B"]]),
            ("A.B", nil), ("[]", nil), ("A[][]", nil),
        ] as [(String, [[String]]?)])
    func items(text: String, steps: [[String]]?) {
        #expect(CataloguePath.items(text)?.steps == steps)
    }

    @Test("a selector's origin, alternatives and parts come from its marks")
    func selectors() throws {
        let alternatives = try #require(CataloguePath.selector("BucketRegion || %LocationConstraint"))
        #expect(
            alternatives.parts == [
                [
                    .init(origin: .item, members: ["BucketRegion"]),
                    .init(origin: .detail, members: ["LocationConstraint"]),
                ]
            ])
        let composite = try #require(CataloguePath.selector(["^^Id~", "$Scope", "@"]))
        #expect(
            composite.parts == [
                [.init(origin: .ancestor(2), members: ["Id"], lastSegment: true)],
                [.init(origin: .input, members: ["Scope"])], [.init(origin: .item, members: [])],
            ])
    }

    @Test("what is no selector is refused", arguments: [JSONValue.string(""), 7, [], ["A", 7], "A || ", "^"])
    func badSelectors(json: JSONValue) {
        #expect(CataloguePath.selector(json) == nil)
    }
}
