import AWS
import Inventory
import Store
import Telemetry

/// Keeps the learned request limits over the end of the process, and tells operators of each that is new.
struct RateKeeper: Sendable {
    let table: RateTable
    private let ledger: StateDatabase
    private let logger: Logger
    private let news: AsyncStream<Void>

    /// A minute after something was learned most of what a run learns has been; a killed process loses no more than that.
    private static let delay = Duration.seconds(60)

    /// - Parameter share: of each learned rate that is used, in percent.
    init(share: Int, ledger: StateDatabase, logger: Logger) {
        let (news, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.news = news
        self.ledger = ledger
        self.logger = logger
        table = RateTable(share: Double(share) / 100) { learned in
            let tenths = Int((learned.rate * 10).rounded())
            logger.info(
                "AWS throttles \(learned.key); its calls are paced from now on, at first "
                    + "\(tenths / 10).\(tenths % 10) a second",
                [.account: learned.key.account, .region: learned.key.region, .service: learned.key.service])
            continuation.yield()
        }
    }

    /// Another share, in percent, from now on.
    func use(share: Int) { table.use(share: Double(share) / 100) }

    /// Takes over what an earlier process learned.
    func load() async {
        do throws(StoreError) {
            table.restore(try await ledger.learnedRates())
        } catch {
            logger.warning(
                "the learned request limits cannot be read and are learned anew: \(StoreProblem.text(error))",
                id: .storeUnavailable)
        }
    }

    func save() async {
        do throws(StoreError) {
            try await ledger.keep(table.snapshot())
        } catch {
            logger.warning(
                "the learned request limits cannot be kept: \(StoreProblem.text(error))", id: .storeUnavailable)
        }
    }

    /// Saves whenever something new was learned, until cancelled.
    func run() async {
        for await _ in news {
            do { try await Task.sleep(for: Self.delay) } catch { return }
            await save()
        }
    }
}
