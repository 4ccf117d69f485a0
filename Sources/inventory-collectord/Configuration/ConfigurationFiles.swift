import Configuration
import Glibc

/// Finds and reads the files that make up the configuration, by systemd's rules for drop-ins.
struct ConfigurationFiles {
    /// In order of precedence: a file masks those of the same name further down.
    static let directories = ["/etc", "/run", "/usr/lib"].map { "\($0)/inventory-collectord" }
    static let mainFile = "collectord.conf"
    /// Far above what hosts have; keeps a wrong directory from holding up the start.
    static let maximumDropIns = 1_000
    /// 10,000 accounts with every key set are about 5 MB.
    static let maximumTotalSizeInBytes = 16 << 20

    /// A file's bytes and the path it was read from.
    struct File {
        var path: String
        var bytes: [UInt8]
    }

    /// The main file and the drop-ins in the order in which they apply.
    private(set) var files: [File] = []
    private(set) var errors: [ConfigurationError] = []
    private var totalSizeInBytes = 0

    /// Reads `file` and `file.d/*.conf`; without `file` the main file and the drop-ins of the three directories below
    /// `root`. A missing main file is an error only when it was asked for.
    init(file: String?, root: String) {
        if let file {
            read(file, mayBeMissing: false)
            readDropIns(in: ["\(file).d"])
        } else {
            let directories = Self.directories.map { root + $0 }
            if let path = directories.map({ "\($0)/\(Self.mainFile)" }).first(where: ConfigurationFile.exists) {
                read(path, mayBeMissing: true)
            }
            readDropIns(in: directories.map { "\($0)/\(Self.mainFile).d" })
        }
    }

    private mutating func readDropIns(in directories: [String]) {
        var paths: [String: String] = [:]
        for directory in directories {
            do throws(ConfigurationError) {
                for name in try ConfigurationFile.names(in: directory)
                where name.hasSuffix(".conf") && !name.hasPrefix(".") && paths[name] == nil {
                    paths[name] = "\(directory)/\(name)"
                }
            } catch {
                errors.append(error)
            }
        }
        guard paths.count <= Self.maximumDropIns else {
            let place = SourcePosition(file: directories.first ?? "")
            return errors.append(
                ConfigurationError(
                    "there are \(paths.count) drop-in files, more than the \(Self.maximumDropIns) allowed", at: place,
                    suggestion: "merge some of them"))
        }
        // By bytes, as in the C locale: the order does not depend on the machine's language.
        for (_, path) in paths.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8) }) {
            read(path, mayBeMissing: true)
        }
    }

    private mutating func read(_ path: String, mayBeMissing: Bool) {
        do throws(ConfigurationError) {
            guard let bytes = try ConfigurationFile.read(path) else {
                if !mayBeMissing {
                    errors.append(
                        ConfigurationError(
                            "there is no such file", at: SourcePosition(file: path),
                            suggestion: "check the path given with --config"))
                }
                return
            }
            // An empty file or a link to /dev/null says nothing: that is how a file of a lower directory is masked.
            if bytes.isEmpty { return }
            totalSizeInBytes += bytes.count
            guard totalSizeInBytes <= Self.maximumTotalSizeInBytes else {
                throw ConfigurationError(
                    "all files together have more than \(Self.maximumTotalSizeInBytes) bytes",
                    at: SourcePosition(file: path), suggestion: "remove what is not needed")
            }
            files.append(File(path: path, bytes: bytes))
        } catch {
            errors.append(error)
        }
    }
}
