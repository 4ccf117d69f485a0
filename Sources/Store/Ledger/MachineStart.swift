import Glibc

/// Which start of the machine this process runs in.
package enum MachineStart {
    /// The kernel's random id of this boot (proc_sys_kernel(5)); empty where it cannot be read, which is then taken for
    /// one and the same start.
    package static let id: String = {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { _ = Glibc.close(descriptor) }  // nothing was written through it
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)).prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self)
    }()
}
