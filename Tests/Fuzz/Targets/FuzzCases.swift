import AWS
import JSON

/// The operations whose replies are read: an input's first byte chooses one.
package struct FuzzCases {
    package struct Case {
        let service: AWSService
        let operation: OperationModel
        let steps: [[String]]?
    }

    /// One at least.
    let cases: [Case]

    /// Reads the lines of `path` (`make_seeds.py` writes them): service, operation and the steps to its resources.
    /// - Parameter services: the folder of the catalogue's service files.
    ///
    /// `nil` when a file is missing or a line names what the catalogue does not have.
    package init?(path: String, services folder: String) {
        guard let bytes = FuzzInput.bytes(path) else { return nil }
        var cases: [Case] = []
        var services: [String: AWSService] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let entry = try? JSONValue.parse(Array(line)), let name = entry["service"]?.string,
                let service = services[name] ?? Self.service(name, in: folder),
                let operation = entry["operation"]?.string.flatMap({ service.model.operations[$0] })
            else { return nil }
            services[name] = service
            let steps = entry["steps"]?.array?.map { $0.strings ?? [] }
            cases.append(Case(service: service, operation: operation, steps: steps))
        }
        guard !cases.isEmpty else { return nil }
        self.cases = cases
    }

    private static func service(_ name: String, in folder: String) -> AWSService? {
        guard let bytes = FuzzInput.bytes("\(folder)/\(name).json"), let json = try? JSONValue.parse(bytes) else {
            return nil
        }
        return (try? ServiceModel(name: name, json: json)).map(AWSService.init(model:))
    }
}
