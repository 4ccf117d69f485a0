import AWS

/// What a listing needs to learn tags that its own service does not tell.
package struct TagLookup: Sendable {
    private let directory: TagDirectory
    private let catalogue: Catalogue
    private let types: [String]

    /// - Parameter types: names of all types that are collected in the account; their services are asked about.
    package init(directory: TagDirectory, catalogue: Catalogue, types: [String]) {
        self.directory = directory
        self.catalogue = catalogue
        self.types = types
    }

    /// The tags of the account's resources in a region. Reads the tagging service's file on the first use.
    func table(
        _ client: AWSClient, _ credentials: any CredentialsProvider, account: String, region: String
    ) async -> Result<TagTable, ListingFailure> {
        let service: AWSService
        do throws(CatalogueError) {
            service = try catalogue.service("resourcegroupstaggingapi").client
        } catch {
            let problem = ListingError(operation: TagSource.operation, code: "CatalogueError", message: "\(error)")
            return .failure(ListingFailure(outcome: .failed, error: problem))
        }
        return await directory.table(
            TagSource(
                service: service, client: client, credentials: credentials, account: account, region: region,
                filters: filters))
    }

    private var filters: [String] {
        var found: Set<String> = []
        for service in Set(types.map { $0.prefix { $0 != "/" } }) {
            found.formUnion(catalogue.index.services[String(service)]?.tagging ?? [])
        }
        return found.sorted()
    }
}
