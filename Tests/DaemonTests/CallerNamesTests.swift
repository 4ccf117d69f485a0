import Glibc
import Synchronization
import Testing

@testable import inventory_collectord

@Suite("Names of callers")
struct CallerNamesTests {
    @Test("the system's own users have their names, and unknown ones none")
    func system() async {
        let names = CallerNames()
        #expect(await names.name(of: 0) == "root")
        #expect(await names.name(of: 4_000_000_000) == nil)
        #expect(await names.name(of: -1) == nil)
    }

    @Test("a name is looked up once and then remembered")
    func memory() async {
        let asked = Atomic(0)
        let names = CallerNames { uid in
            asked.add(1, ordering: .relaxed)
            return "user\(uid)"
        }
        for _ in 0..<3 { #expect(await names.name(of: 7) == "user7") }
        #expect(asked.load(ordering: .relaxed) == 1)
    }

    @Test("a look-up that hangs costs a caller half a second once, and does not keep its answer back for good")
    func hanging() async {
        let door = Door()
        let asked = Atomic(0)
        let names = CallerNames { uid in
            asked.add(1, ordering: .relaxed)
            door.wait()
            return "user\(uid)"
        }
        #expect(await names.name(of: 7) == nil)
        #expect(await names.name(of: 7) == nil)
        door.open()
        // The answers come in their order: when 8 has its own, the late one of 7 is known.
        #expect(await names.name(of: 8) == "user8")
        #expect(await names.name(of: 7) == "user7")
        #expect(asked.load(ordering: .relaxed) == 2, "the second caller of 7 did not wait for a look-up of its own")
    }
}

/// Keeps threads waiting until it is opened.
private final class Door: @unchecked Sendable {
    // Unchecked: a semaphore is made for several threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func wait() {
        sem_wait(semaphore)
        sem_post(semaphore)
    }

    func open() { sem_post(semaphore) }
}
