import Inventory

/// Hands out the services of a run. Units that need a service whose file is being read wait without holding a thread.
actor ServiceShelf {
    private let catalogue: Catalogue

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    func service(_ name: String) throws(CatalogueError) -> CatalogueService { try catalogue.service(name) }
}
