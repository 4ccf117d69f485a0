import Testing

@testable import Inventory

/// What the README says of the catalogue.
@Suite struct PublishedNumbersTests {
    private let catalogue: Catalogue
    private let readme: String

    init() throws {
        catalogue = try Catalogue.builtIn()
        readme = try fixtureText("../../../README.md")
    }

    @Test("the README's counts of services, types and actions are the catalogue's")
    func counts() throws {
        let index = catalogue.index
        var core = 0
        var tagged = 0
        var actions: Set<String> = []
        var guessed: Set<String> = []
        for name in index.services.keys {
            let service = try catalogue.service(name)
            for type in service.types {
                if type.group == .core { core += 1 }
                if type.tagging != nil { tagged += 1 }
                actions.formUnion(type.actions)
                guessed.formUnion(service.guessedActions(of: type))
            }
        }
        let types = Self.grouped(index.typeNames.count)
        #expect(readme.contains("\(index.services.count) services and \(types) resource types, \(core) of them"))
        #expect(readme.contains("(\(tagged) types) once for each account and region"))
        #expect(readme.contains("Of the \(Self.grouped(actions.count)) actions there are, \(guessed.count) are named"))
    }

    private static func grouped(_ number: Int) -> String {
        number < 1_000 ? "\(number)" : "\(number / 1_000)," + "\(number % 1_000 + 1_000)".dropFirst()
    }
}
