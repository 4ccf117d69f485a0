import Control
import Inventory
import Refresh

/// What the catalogue knows.
extension CollectorService {
    /// Names of the types that the configuration selects for at least one account.
    var selectedTypes: Set<String> {
        let index = components.catalogue.index
        let settings = RefreshSettings(
            loaded.configuration, homeRegion: components.homeRegion, index: components.catalogue.index)
        var selections = settings.accounts.map { $0.types ?? settings.types }
        if settings.organization != nil { selections.append(settings.types) }
        var selected: Set<String> = []
        for words in selections {
            // Words were checked when the configuration was read.
            selected.formUnion((try? TypeSelection(words: words, in: index).types) ?? [])
        }
        return selected
    }

    nonisolated func types(
        _ parameters: TypesParameters, _ context: CallContext, _ replies: ReplyStream<TypesReply>
    ) async throws(CollectorError) -> TypesReply {
        let catalogue = components.catalogue
        let selected = await selectedTypes
        var wanted = Set(catalogue.index.typeNames())
        if let patterns = parameters.patterns, !patterns.isEmpty {
            wanted = []
            for pattern in patterns { wanted.formUnion(try matching(pattern)) }
        }
        if parameters.selected == true { wanted.formIntersection(selected) }
        let services = Dictionary(grouping: wanted) { String($0.prefix { $0 != "/" }) }.sorted { $0.key < $1.key }
        var waiting: [TypeDescription] = []
        for (name, types) in services {
            guard !Task.isCancelled else { throw .disconnected }
            if context.wantsMore, !waiting.isEmpty {
                try await replies.send(TypesReply(types: waiting))
                waiting = []
            }
            let service = try service(name)
            let isGlobal = catalogue.isGlobal(name)
            waiting += service.types.filter { types.contains($0.name) }.map {
                TypeDescription($0, of: service, isGlobal: isGlobal, isSelected: selected.contains($0.name))
            }
        }
        return TypesReply(types: waiting)
    }

    private nonisolated func matching(_ pattern: String) throws(CollectorError) -> [String] {
        do throws(CatalogueError) {
            return try TypeSelection.matching(pattern, in: components.catalogue.index)
        } catch {
            throw pattern.contains("/") ? .noSuchType(pattern) : .noSuchService(pattern)
        }
    }

    private nonisolated func service(_ name: String) throws(CollectorError) -> CatalogueService {
        do throws(CatalogueError) {
            return try components.catalogue.glance(at: name)
        } catch {
            // The index names the service, so its file is there; a file that cannot be read is a broken program.
            throw .noSuchService("\(name): \(error)")
        }
    }
}

extension TypeDescription {
    fileprivate init(_ type: ResourceType, of service: CatalogueService, isGlobal: Bool, isSelected: Bool) {
        self.init(
            type: type.name, service: type.service, group: type.group.rawValue, selected: isSelected,
            isGlobal: isGlobal, operation: type.operation, followUps: type.followUps.map(\.operation),
            actions: type.actions, guessedActions: service.guessedActions(of: type), key: type.key.rawValue,
            id: type.id.text, arn: type.arn?.text, name: type.displayName?.text,
            tags: type.tags.isEmpty ? nil : ResourceType.text(of: type.tags),
            tagOperation: service.tagOperation(of: type), parent: type.parent.map { "\(type.service)/\($0.kind)" },
            redacted: type.redactions.map(ResourceType.text), volatile: type.volatile.map(ResourceType.text),
            cloudFormation: type.cloudFormationType)
    }
}
