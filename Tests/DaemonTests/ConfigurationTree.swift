import Glibc

@testable import inventory_collectord

/// A root directory with configuration files, removed with its owner.
final class ConfigurationTree {
    struct Failure: Error {
        let path: String
        let code: Int32
    }

    let root: String
    private var paths: [String] = []

    init() throws {
        var template = Array("/tmp/collectord-configuration-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(path: "/tmp", code: errno) }
        root = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for path in paths.reversed() { remove(path) }
        remove(root)
    }

    /// Writes a file below the root; directories are made as needed.
    @discardableResult
    func write(_ path: String, _ text: String) throws -> String {
        let full = try prepare(path)
        guard let file = fopen(full, "w") else { throw Failure(path: full, code: errno) }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(path: full, code: errno) }
        return full
    }

    func link(_ path: String, to target: String) throws {
        let full = try prepare(path)
        guard symlink(target, full) == 0 else { throw Failure(path: full, code: errno) }
    }

    func pipe(_ path: String) throws {
        let full = try prepare(path)
        guard mkfifo(full, 0o600) == 0 else { throw Failure(path: full, code: errno) }
    }

    private func prepare(_ path: String) throws -> String {
        var directory = root
        for part in path.split(separator: "/").dropLast() {
            directory += "/\(part)"
            if mkdir(directory, 0o700) == 0 {
                paths.append(directory)
            } else if errno != EEXIST {
                throw Failure(path: directory, code: errno)
            }
        }
        let full = "\(root)/\(path.drop { $0 == "/" })"
        paths.append(full)
        return full
    }

    /// Loads what is below the root.
    func load(
        environment: [String: String] = [:], checks: ConfigurationChecks = ConfigurationChecks { _, _ in nil }
    ) throws -> LoadedConfiguration {
        try ConfigurationLoader(root: root, environment: environment, checks: checks).load()
    }

    /// The errors of loading, with the root left out; empty when there are none.
    func errors(
        environment: [String: String] = [:], checks: ConfigurationChecks = ConfigurationChecks { _, _ in nil }
    ) -> [String] {
        do throws(ConfigurationErrors) {
            _ = try ConfigurationLoader(root: root, environment: environment, checks: checks).load()
            return []
        } catch {
            return error.errors.map { $0.description.replacing(root, with: "") }
        }
    }
}

/// Where the main file stands below a root.
let mainFile = "/etc/inventory-collectord/collectord.conf"
