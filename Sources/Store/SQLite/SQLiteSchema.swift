/// What a database file of ours holds: whose it is, and how it came to its present form.
struct SQLiteSchema: Sendable {
    /// For messages, with its article: `an inventory store`.
    var name: String
    /// Marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id).
    var applicationID: Int
    /// Of new files, a power of two. A small change writes a whole page into the log.
    var pageSizeInBytes: Int
    /// The statements that lead from version n to n + 1, from the empty file on. Released ones never change.
    var migrations: [String]

    /// The version this program writes, kept in `user_version`.
    var version: Int { migrations.count }

    /// What stands between a file and its use by this program.
    enum Verdict: Equatable {
        case current
        case empty
        /// The migrations from that version on are to be run.
        case older(Int)
        case newer(Int)
        case foreign
    }

    /// Judges a file by its header and whether it holds any table.
    func judge(applicationID: Int, version: Int, isEmpty: Bool) -> Verdict {
        if isEmpty, applicationID == 0, version == 0 { return .empty }
        guard applicationID == self.applicationID else { return .foreign }
        if version > self.version { return .newer(version) }
        return version == self.version ? .current : .older(version)
    }
}
