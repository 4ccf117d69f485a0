import Control
import Glibc
import Inventory
import Schedule

/// What `collectorctl doctor` looks at on this machine and in the store.
struct HostChecks: Sendable {
    let loader: ConfigurationLoader
    let loaded: LoadedConfiguration
    let components: Components

    /// Less than this and the databases soon cannot grow.
    private static let leastFreeBytes = 100 << 20

    /// Whether the files are right, and what is in force.
    func configuration() -> DoctorCheck {
        do throws(ConfigurationErrors) {
            let fresh = try loader.load()
            guard fresh.configuration == loaded.configuration else {
                return check(
                    .configuration, "configuration", .warning, "the files have changed since they were read",
                    advice: "collectorctl reload")
            }
            return check(
                .configuration, "configuration", .ok, "\(fresh.files.count) files, and they are what is in force")
        } catch {
            return check(
                .configuration, "configuration", .failed,
                error.errors.first.map(\.description).map { "\($0) (\(error.errors.count) errors)" } ?? "wrong",
                advice: "collectorctl config check tells all of them; the old configuration is in force")
        }
    }

    /// Whether the daemon can write where it keeps its state, and has room there.
    func stateDirectory() -> DoctorCheck {
        let directory = loaded.configuration.collector.stateDirectory
        let probe = "\(directory)/.doctor-\(getpid())"
        let descriptor = open(probe, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            return check(
                .host, "state-directory", .failed, "\(directory) cannot be written: \(reason)",
                advice: "it must belong to the user of the daemon, and the unit's ReadWritePaths= must name it")
        }
        close(descriptor)
        unlink(probe)
        var facts = statvfs()
        guard statvfs(directory, &facts) == 0 else {
            return check(.host, "state-directory", .ok, "\(directory) can be written")
        }
        let free = Int(facts.f_bavail) * Int(facts.f_frsize)
        let isTight = free < Self.leastFreeBytes
        return check(
            .host, "state-directory", isTight ? .warning : .ok,
            "\(directory) can be written, \(free >> 20) MiB are free",
            advice: isTight ? "make room: the run ledger and an SQLite inventory grow there" : nil)
    }

    /// Whether the zones of the schedules can be read.
    func timeZones() -> [DoctorCheck] {
        Set(loaded.configuration.schedules.map(\.timeZone) + ["Europe/Berlin"]).sorted().compactMap { zone in
            let isConfigured = loaded.configuration.schedules.contains { $0.timeZone == zone }
            do {
                _ = try TimeZoneDirectory.system.rules(for: zone)
                return isConfigured ? check(.host, "time-zone", .ok, "\(zone) is known") : nil
            } catch {
                return check(
                    .host, "time-zone", isConfigured ? .failed : .warning, "\(zone) cannot be read: \(error)",
                    advice: "install the package tzdata")
            }
        }
    }

    /// Whether both tables answer; a wrong shape shows as an error of the query.
    func store() async -> [DoctorCheck] {
        let place = "\(components.storeLocation.type) \(components.storeLocation.location)"
        do throws(StoreError) {
            let unit = Unit(service: "doctor", scope: Scope(account: "000000000000", region: Scope.global))
            _ = try await components.store.index(of: unit)
            _ = try await components.store.metadata(service: unit.service)
            return [check(.store, "store", .ok, "\(place) answers")]
        } catch {
            return [
                check(
                    .store, "store", .failed, "\(place): \(StoreProblem.text(error))",
                    advice: "collectorctl iam-policy tells what the store needs; journalctl -u inventory-collectord")
            ]
        }
    }

    private func check(
        _ area: CheckArea, _ name: String, _ state: CheckState, _ message: String, advice: String? = nil
    ) -> DoctorCheck {
        DoctorCheck(area: area, check: name, state: state, message: message, advice: advice, actions: [])
    }
}
