/// A parsed INI file: sections in file order with the exact place of every name and value.
package struct INIDocument: Sendable, Equatable {
    /// In systemd files a name may come more than once; in AWS files it does not.
    package var sections: [INISection]

    /// At most 1 MiB of UTF-8 without NUL, lines of at most 64 KiB. `file` is only used in positions.
    /// Throws the first error; `parse` gives them all.
    package init(parsing bytes: [UInt8], file: String, dialect: INIDialect) throws(ConfigurationError) {
        let (document, errors) = Self.parse(bytes, file: file, dialect: dialect)
        if let first = errors.first { throw first }
        self = document
    }

    init(sections: [INISection]) { self.sections = sections }

    /// Reads on after an error, so that an operator sees every mistake of a file at once. The document holds what
    /// could be read.
    package static func parse(
        _ bytes: [UInt8], file: String, dialect: INIDialect
    ) -> (document: INIDocument, errors: [ConfigurationError]) {
        let (lines, textError) = SourceText.lines(of: bytes, file: file)
        var result: (document: INIDocument, errors: [ConfigurationError])
        switch dialect {
        case .systemd:
            var reader = SystemdINIReader()
            for line in lines { reader.read(line) }
            result = reader.finish()
        case .aws:
            var reader = AWSINIReader()
            for line in lines { reader.read(line) }
            result = reader.finish()
        }
        if let textError { result.errors.append(textError) }
        return result
    }
}
