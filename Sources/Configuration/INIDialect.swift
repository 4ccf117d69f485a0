/// Whose rules a file follows.
package enum INIDialect: Sendable {
    /// systemd.syntax(7): `Key=value`, comment lines, a backslash at the end of a line goes on with the next one,
    /// a section may come more than once, an empty value is kept (it resets a list). Beyond systemd, a comment may
    /// follow a section header.
    case systemd
    /// `~/.aws/config` and `~/.aws/credentials` as botocore reads them: keys in any case (kept in lower case), `=` or
    /// `:`, no comments behind values, indented lines go on with the value above. Indented `key = value` lines under
    /// an empty value become entries of their own with the two keys joined by a dot (`s3.max_concurrent_requests`).
    case aws
}
