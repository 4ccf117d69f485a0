import AWS
import JSON

/// One service of the catalogue, ready for use: how to call it and what to list.
package struct CatalogueService: Sendable {
    /// The service as the client calls it.
    package let client: AWSService
    /// Sorted by kind.
    package var types: [ResourceType]
    /// What the calls need of IAM.
    package let permissions: ServicePermissions

    package var model: ServiceModel { client.model }

    package init(model: ServiceModel, types: [ResourceType], permissions: ServicePermissions) {
        client = AWSService(model: model)
        self.types = types
        self.permissions = permissions
    }

    /// The type of that kind (`instance`), if the service has one.
    package func type(_ kind: String) -> ResourceType? { types.first { $0.kind == kind } }
}

extension CatalogueService {
    /// Reads a whole service file.
    init(name: String, json: JSONValue, file: String) throws(CatalogueError) {
        do {
            let model = try ServiceModel(name: name, json: json)
            var types: [ResourceType] = []
            for member in json["types"]?.members ?? [] {
                types.append(try ResourceType(service: name, kind: member.key, json: member.value))
            }
            let permissions = ServicePermissions(
                json: json["iam"], signingName: model.signingName, operations: model.operations.keys)
            self.init(model: model, types: types.sorted { $0.kind < $1.kind }, permissions: permissions)
        } catch let error as ServiceModelError {
            throw .malformed(file: file, entry: error.entry, reason: error.reason)
        } catch let error as CatalogueEntryError {
            throw .malformed(file: file, entry: error.entry, reason: error.reason)
        } catch {
            throw .malformed(file: file, entry: "", reason: "\(error)")
        }
    }
}
