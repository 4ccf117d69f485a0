import Synchronization

/// Sends records at or above a level to a sink. Cheap to copy; all copies share the level, which can change at run time.
package struct Logger: Sendable {
    private let sink: any LogSink
    private let threshold: Threshold

    package init(sink: any LogSink, level: LogLevel = .info) {
        self.sink = sink
        self.threshold = Threshold(level)
    }

    package var level: LogLevel {
        get { threshold.level }
        nonmutating set { threshold.level = newValue }
    }

    package func error(
        _ message: @autoclosure () -> String, _ fields: KeyValuePairs<LogField, String> = [:], id: MessageID? = nil
    ) {
        log(.error, message, fields, id)
    }

    package func warning(
        _ message: @autoclosure () -> String, _ fields: KeyValuePairs<LogField, String> = [:], id: MessageID? = nil
    ) {
        log(.warning, message, fields, id)
    }

    package func notice(
        _ message: @autoclosure () -> String, _ fields: KeyValuePairs<LogField, String> = [:], id: MessageID? = nil
    ) {
        log(.notice, message, fields, id)
    }

    package func info(
        _ message: @autoclosure () -> String, _ fields: KeyValuePairs<LogField, String> = [:], id: MessageID? = nil
    ) {
        log(.info, message, fields, id)
    }

    package func debug(
        _ message: @autoclosure () -> String, _ fields: KeyValuePairs<LogField, String> = [:], id: MessageID? = nil
    ) {
        log(.debug, message, fields, id)
    }

    private func log(
        _ level: LogLevel, _ message: () -> String, _ fields: KeyValuePairs<LogField, String>, _ id: MessageID?
    ) {
        guard level >= threshold.level else { return }
        // What does not apply to this record is handed in empty, and left out.
        let known = fields.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }
        sink.write(LogRecord(level: level, message: message(), fields: known, id: id))
    }

    private final class Threshold: Sendable {
        private let raw: Atomic<Int>

        init(_ level: LogLevel) { raw = Atomic(level.rawValue) }

        var level: LogLevel {
            get { LogLevel(rawValue: raw.load(ordering: .relaxed)) ?? .info }
            set { raw.store(newValue.rawValue, ordering: .relaxed) }
        }
    }
}
