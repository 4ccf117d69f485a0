import Glibc
import Testing

@testable import Inventory

/// What the README says of the catalogue.
@Suite struct PublishedNumbersTests {
    private let catalogue: Catalogue
    private let readme: String
    /// More than the README will ever have.
    private static let largest = 1 << 20

    init() throws {
        catalogue = try Catalogue.builtIn()
        let path = #filePath.dropLast("Tests/InventoryTests/PublishedNumbersTests.swift".count) + "README.md"
        let file = try #require(fopen(String(path), "r"))
        defer { fclose(file) }
        var text = [UInt8](repeating: 0, count: Self.largest)
        let count = fread(&text, 1, text.count, file)
        readme = String(decoding: text.prefix(count), as: UTF8.self)
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
        let types = Self.grouped(index.typeNames().count)
        #expect(readme.contains("\(index.services.count) services and \(types) resource types, \(core) of them"))
        #expect(readme.contains("(\(tagged) types) once for each account and region"))
        #expect(readme.contains("Of the \(Self.grouped(actions.count)) actions there are, \(guessed.count) are named"))
    }

    private static func grouped(_ number: Int) -> String {
        number < 1_000 ? "\(number)" : "\(number / 1_000)," + "\(number % 1_000 + 1_000)".dropFirst()
    }
}
