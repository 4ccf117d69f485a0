import JSON

extension ServiceModel {
    /// Reads a service file of the catalogue; members other than the model's (`types`) are left to the caller.
    ///
    /// The format is described in the catalogue generator's README. Throws on the first entry that is not as described.
    package init(name: String, json: JSONValue) throws(ServiceModelError) {
        let protocolName = try Self.text("protocol", in: json)
        guard let wireProtocol = WireProtocol(rawValue: protocolName) else {
            throw ServiceModelError(entry: "protocol", reason: "\"\(protocolName)\" is not known")
        }
        let endpointPrefix = try Self.text("endpointPrefix", in: json)
        guard let descriptors = json["shapes"]?.array else {
            throw ServiceModelError(entry: "shapes", reason: "an array is missing")
        }
        let table = ShapeTableParser(count: descriptors.count)
        self.init(
            name: name,
            serviceID: try Self.text("serviceID", in: json),
            wireProtocol: wireProtocol,
            endpointPrefix: endpointPrefix,
            signingName: json["signingName"]?.string ?? endpointPrefix,
            apiVersion: json["apiVersion"]?.string ?? "",
            jsonVersion: json["jsonVersion"]?.string ?? "",
            targetPrefix: json["targetPrefix"]?.string ?? "",
            endpointDiscovery: json["endpointDiscovery"]?.string,
            endpoint: try EndpointRule(json: json["endpoint"]),
            operations: try Self.operations(json["operations"], wireProtocol: wireProtocol, table: table),
            shapes: try table.shapes(descriptors))
    }

    private static func text(_ key: String, in json: JSONValue) throws(ServiceModelError) -> String {
        guard let value = json[key]?.string, !value.isEmpty else {
            throw ServiceModelError(entry: key, reason: "a text is missing")
        }
        return value
    }

    private static func operations(
        _ json: JSONValue?, wireProtocol: WireProtocol, table: ShapeTableParser
    ) throws(ServiceModelError) -> [String: OperationModel] {
        guard let members = json?.members else {
            throw ServiceModelError(entry: "operations", reason: "an object is missing")
        }
        var operations: [String: OperationModel] = [:]
        operations.reserveCapacity(members.count)
        for member in members {
            operations[member.key] = try operation(
                member.key, member.value.array ?? [], wireProtocol: wireProtocol, table: table)
        }
        return operations
    }

    private static func operation(
        _ name: String, _ fields: [JSONValue], wireProtocol: WireProtocol, table: ShapeTableParser
    ) throws(ServiceModelError) -> OperationModel {
        let entry = "operations.\(name)"
        guard (4...5).contains(fields.count), let method = fields[0].string, let uri = fields[1].string else {
            throw ServiceModelError(entry: entry, reason: "expected [method, path, input, output, options?]")
        }
        let options = fields.count == 5 ? fields[4] : .object([])
        let output = try reference(fields[3], entry: entry, table: table)
        var wrapper: String?
        if wireProtocol == .query, output != nil {
            wrapper = options["wrapper"].map(\.string) ?? name + "Result"
        }
        return OperationModel(
            name: name, method: method, uri: uri, input: try reference(fields[2], entry: entry, table: table),
            output: output, resultWrapper: wrapper, unwrappedRoot: options["root"]?.string,
            hostPrefix: options["host"]?.string, inputRoot: try inputRoot(options["xml"], entry: entry),
            headers: (options["headers"]?.members ?? []).compactMap { member in
                member.value.string.map { .init(name: member.key, value: $0) }
            })
    }

    private static func inputRoot(
        _ json: JSONValue?, entry: String
    ) throws(ServiceModelError) -> OperationModel.XMLName? {
        guard let json else { return nil }
        guard let pair = json.strings, pair.count == 2 else {
            throw ServiceModelError(entry: entry, reason: "xml: expected [name, namespace]")
        }
        return OperationModel.XMLName(name: pair[0], namespace: pair[1])
    }

    /// An index, a scalar's letter, or -1 for none.
    private static func reference(
        _ value: JSONValue, entry: String, table: ShapeTableParser
    ) throws(ServiceModelError) -> ShapeRef? {
        value.int == -1 ? nil : try table.reference(value, entry: entry)
    }
}

extension EndpointRule {
    init(json: JSONValue?) throws(ServiceModelError) {
        guard let json else {
            self = .standard
            return
        }
        if let partitions = json["global"]?.members {
            var hosts: [String: GlobalHost] = [:]
            for partition in partitions {
                guard let pair = partition.value.strings, pair.count == 2 else {
                    throw ServiceModelError(
                        entry: "endpoint.global.\(partition.key)", reason: "expected [host, signing region]")
                }
                hosts[partition.key] = GlobalHost(host: pair[0], signingRegion: pair[1])
            }
            self = .global(hosts)
        } else if let host = json["host"]?.string {
            var exceptions: [String: String] = [:]
            for exception in json["exceptions"]?.members ?? [] { exceptions[exception.key] = exception.value.string }
            self = .template(host, exceptions: exceptions)
        } else {
            throw ServiceModelError(entry: "endpoint", reason: "expected \"global\" or \"host\"")
        }
    }
}
