/// Numbers that follow from a seed and a place alone (SplitMix64's mixing).
///
/// No state is carried along: any part of a workload can be written without the parts before it.
package struct SeededNumbers: Sendable {
    private let seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    /// What a number is for; two purposes at one place have nothing to do with each other.
    package enum Purpose: UInt64, Sendable {
        case archetype = 1
        case team
        case trust
        case boundary
        case statement
        case resource
        case person
        case requestPlace
        case requestAction
        case requestResource
        case requestContext
    }

    /// A number below a limit, which is above 0.
    package func number(below limit: Int, for purpose: Purpose, _ places: Int...) -> Int {
        var value = Self.mixed(seed &+ purpose.rawValue &* 0x9e37_79b9_7f4a_7c15)
        for place in places { value = Self.mixed(value &+ UInt64(truncatingIfNeeded: place)) }
        return Int(value % UInt64(limit))
    }

    private static func mixed(_ number: UInt64) -> UInt64 {
        var value = number &+ 0x9e37_79b9_7f4a_7c15
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
