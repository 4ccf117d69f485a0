import AWS
import Configuration
import Glibc
import JSON

/// What one run of the fuzzer tries: the reader is chosen by FUZZ_READER.
enum FuzzedReader: String {
    case json, xml, document, ini, varlink
}

/// The operations whose replies are read, in the order of `cases.jsonl` (make_seeds.py), which FUZZ_CASES names.
struct FuzzCases {
    struct Case {
        let service: AWSService
        let operation: OperationModel
        let steps: [[String]]?
    }

    let reader: FuzzedReader
    private(set) var cases: [Case] = []

    init?() {
        guard let reader = Self.variable("FUZZ_READER").flatMap(FuzzedReader.init) else { return nil }
        self.reader = reader
        guard reader == .json || reader == .xml else { return }
        guard let path = Self.variable("FUZZ_CASES"), let bytes = Self.bytes(path) else { return nil }
        var services: [String: AWSService] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let entry = try? JSONValue.parse(Array(line)), let name = entry["service"]?.string,
                let service = services[name] ?? Self.service(name, in: entry["folder"]?.string ?? ""),
                let operation = entry["operation"]?.string.flatMap({ service.model.operations[$0] })
            else { return nil }
            services[name] = service
            let steps = entry["steps"]?.array?.map { $0.strings ?? [] }
            cases.append(Case(service: service, operation: operation, steps: steps))
        }
        guard !cases.isEmpty else { return nil }
    }

    private static func service(_ name: String, in folder: String) -> AWSService? {
        guard let bytes = bytes("\(folder)/\(name).json"), let json = try? JSONValue.parse(bytes) else { return nil }
        return (try? ServiceModel(name: name, json: json)).map(AWSService.init(model:))
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return bytes
    }
}
