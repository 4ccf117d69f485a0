import Telemetry

/// Sends records to the journal with all their fields, so that `journalctl INVENTORY_ACCOUNT=…` finds them.
///
/// May wait while journald is behind with its reading, as any writer to the journal does.
package struct JournalSink: LogSink {
    private let identifier: String
    private let fallback: any LogSink

    /// `identifier` is what `journalctl -t` selects; `fallback` gets the records that the journal refuses.
    package init(identifier: String, fallback: any LogSink = StandardErrorSink()) {
        self.identifier = identifier
        self.fallback = fallback
    }

    package func write(_ record: LogRecord) {
        if LibSystemd.send(JournalFields.fields(of: record, identifier: identifier)) < 0 { fallback.write(record) }
    }
}
