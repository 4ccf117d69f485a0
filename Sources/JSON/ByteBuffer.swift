public import CBytes

#if canImport(Glibc)
    import Glibc
#endif

/// A growing run of bytes that the reply path writes documents into and uses again: no copy on write, no reference
/// counting, bytes read back as a `Span`.
///
/// This file, `ByteBuffer+Escapes.swift` and `SharedBytes.swift` alone touch memory by pointer in this module. Every write
/// goes through `reserve`, which makes `capacity - count` at least what is written; every read is a `Span` over exactly
/// `count` initialised bytes.
///
/// `public`, alone in the project, and its short functions inlinable: Swift 6.3 inlines no `package` function into another
/// module, whatever its attributes say, and these are called for every byte and name of a reply.
public struct ByteBuffer: ~Copyable, @unchecked Sendable {
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline package private(set) var capacity: Int
    @usableFromInline var used = 0

    package init(capacity: Int = 1024) {
        self.capacity = max(capacity, 16)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    @inlinable public var count: Int { used }
    @inlinable public var isEmpty: Bool { used == 0 }

    /// The bytes written so far.
    @inlinable public var span: Span<UInt8> {
        @_lifetime(borrow self)
        borrowing get {
            let bytes = UnsafeBufferPointer(start: base, count: used).span
            return _overrideLifetime(bytes, borrowing: self)
        }
    }

    /// A copy of the bytes of `range`, which must lie within `0..<count`.
    package func bytes(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= used)
        return Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    package func bytes() -> [UInt8] { bytes(0..<used) }

    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    package var text: String { String(decoding: UnsafeBufferPointer(start: base, count: used), as: UTF8.self) }

    @inlinable @inline(__always)
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        base[used] = byte
        used += 1
    }

    @inlinable @inline(__always)
    public mutating func append(_ bytes: Span<UInt8>) {
        reserve(bytes.count)
        bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { Self.copy(start, source.count, to: base + used) }
        }
        used += bytes.count
    }

    /// Copies memory that does not overlap. Names and most values are short: words that may overlap each other cost less
    /// than a call. Reads and writes `count` bytes and no more.
    @inlinable @inline(__always)
    static func copy(_ source: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>) {
        let (from, to) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(target))
        switch count {
        case 17...: memcpy(to, from, count)
        case 8...:
            let last = from.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            to.storeBytes(of: from.loadUnaligned(as: UInt64.self), as: UInt64.self)
            to.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
        case 4...:
            let last = from.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            to.storeBytes(of: from.loadUnaligned(as: UInt32.self), as: UInt32.self)
            to.storeBytes(of: last, toByteOffset: count - 4, as: UInt32.self)
        default: for offset in 0..<count { target[offset] = source[offset] }
        }
    }

    /// Appends bytes from `start` on up to the first that `ByteScan.special` would find; answers where that is.
    @inlinable @inline(__always)
    public mutating func appendPlain(_ bytes: Span<UInt8>, from start: Int, stop: UInt8, ampersand: Bool) -> Int {
        let raw = bytes.bytes
        var index = start
        while index + 16 <= bytes.count {
            // A store of sixteen may write fifteen bytes more than are kept.
            reserve(16)
            let place = base + used
            let found = ByteScan.bits(bytes, index) { source in
                collector_copy_16(place, source)
                return collector_find_specials(source, stop, ampersand ? UInt8(ascii: "&") : stop)
            }
            guard found == 0 else {
                used += found.trailingZeroBitCount
                return index + found.trailingZeroBitCount
            }
            used += 16
            index += 16
        }
        while index + 8 <= bytes.count {
            // A store of eight may write seven bytes more than are kept.
            reserve(8)
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            UnsafeMutableRawPointer(base + used).storeBytes(of: word, as: UInt64.self)
            let found = ByteScan.special(word, stop: stop, ampersand: ampersand)
            guard found == 0 else {
                let plain = found.trailingZeroBitCount >> 3
                used += plain
                return index + plain
            }
            used += 8
            index += 8
        }
        let end = ByteScan.special(bytes, from: index, stop: stop, ampersand: ampersand)
        append(bytes.extracting(index..<end))
        return end
    }

    package mutating func append(_ bytes: [UInt8]) { append(bytes, 0..<bytes.count) }

    /// Appends the bytes of `range`, which must lie within the array.
    @inlinable @inline(__always)
    public mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        reserve(range.count)
        bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress {
                Self.copy(start + range.lowerBound, range.count, to: base + used)
            }
        }
        used += range.count
    }

    /// Literals are `StaticString`s here, which are copied without a look at how a string is kept.
    @_disfavoredOverload
    package mutating func append(_ text: String) {
        append(text.utf8Span.span)
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        memcpy(base + used, text.utf8Start, text.utf8CodeUnitCount)
        used += text.utf8CodeUnitCount
    }

    /// Appends a whole number in decimal digits.
    package mutating func append(decimal number: Int) {
        reserve(20)
        var rest = number.magnitude
        var digits = 1
        var limit: UInt = 10
        while digits < 19, rest >= limit {
            digits += 1
            limit *= 10
        }
        if number < 0 { append(UInt8(ascii: "-")) }
        for place in stride(from: digits - 1, through: 0, by: -1) {
            base[used + place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        used += digits
    }

    /// Forgets everything after the first `count` bytes; the memory is kept.
    @inlinable @inline(__always)
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= used)
        used = count
    }

    /// Replaces one byte that was written before.
    @inlinable @inline(__always)
    public mutating func replace(at index: Int, with byte: UInt8) {
        precondition(index >= 0 && index < used)
        base[index] = byte
    }

    /// Takes out the byte at `index`, moving what follows.
    package mutating func remove(at index: Int) {
        precondition(index >= 0 && index < used)
        memmove(base + index, base + index + 1, used - index - 1)
        used -= 1
    }

    /// Inserts bytes before the one at `index`, moving what follows.
    package mutating func insert(_ bytes: [UInt8], at index: Int) {
        precondition(index >= 0 && index <= used)
        reserve(bytes.count)
        memmove(base + index + bytes.count, base + index, used - index)
        bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { memcpy(base + index, start, bytes.count) }
        }
        used += bytes.count
    }

    @inlinable @inline(__always)
    public mutating func reserve(_ additional: Int) {
        if capacity - used < additional { grow(additional) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ additional: Int) {
        let larger = max(capacity * 2, used + additional)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memcpy(moved, base, used)
        base.deallocate()
        base = moved
        capacity = larger
    }
}
