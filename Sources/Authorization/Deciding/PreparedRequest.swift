/// A request ready to be decided by the ``Decider`` that prepared it, as often as one likes.
package struct PreparedRequest: BitwiseCopyable, Sendable {
    /// How it comes out without looking at policies.
    var settled: Settled
    var flags: Flags = []
    /// The strongest grade of a KMS grant that covers it; 0 for none.
    var grantGrade: UInt8 = 0
    /// Where its condition keys stand, and how many there is room for.
    // INVARIANT: every key that a statement of its plans reads was known when the room was made.
    var slots: UInt32 = 0
    var slotCount: UInt32 = 0
    /// What `Resource` patterns are compared with; 0 for nothing in particular.
    var resource: Symbol = 0
    var caller: UInt32 = 0
    /// The caller as policies name him.
    var named: UInt32 = 0
    var action: UInt32 = 0
    /// The resource as the action sees it.
    var target: UInt32 = 0
    /// Its number among the decider's requests.
    var number: UInt32
    /// When the resource's and the endpoint's policy were written.
    var resourceWrittenAt: Int = 0
    var endpointWrittenAt: Int = 0
    /// The plan of each layer that is asked, ``Plans/none`` for the others.
    var plans = LayerNumbers(repeating: Plans.none)
    /// The chains they were made of.
    var chains = LayerNumbers(repeating: Plans.noChain)

    /// How many keys policies read at the time: once there are more, another key may have got a
    /// place.
    package var placeCount: UInt32 { slotCount }

    enum Settled: UInt8, BitwiseCopyable {
        case no
        case allowed
        case denied
        case invalid
        case expired
    }

    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt16

        static let isSameAccount = Flags(rawValue: 1)
        /// Identity policies, or being root, count beside what the resource grants.
        static let hasIdentitySide = Flags(rawValue: 1 << 1)
        static let needsNoIdentityPolicy = Flags(rawValue: 1 << 2)
        static let actsAsRoot = Flags(rawValue: 1 << 3)
        static let needsIdentityAllow = Flags(rawValue: 1 << 4)
        static let needsExplicitGrant = Flags(rawValue: 1 << 5)
        static let isMendedByRoot = Flags(rawValue: 1 << 6)
        static let isPublicAccessBlocked = Flags(rawValue: 1 << 7)
        static let passesGatewayEndpoint = Flags(rawValue: 1 << 8)
        static let hasBoundary = Flags(rawValue: 1 << 9)
        static let hasOpenKeys = Flags(rawValue: 1 << 10)
        /// All that is known of it are numbers; see ``NumberedRequest``.
        static let isNumbered = Flags(rawValue: 1 << 11)
    }
}

/// A number for each layer.
struct LayerNumbers: BitwiseCopyable {
    var resourceControl: UInt32
    var serviceControl: UInt32
    var endpoint: UInt32
    var resource: UInt32
    var identity: UInt32
    var boundary: UInt32
    var session: UInt32

    init(repeating number: UInt32) {
        resourceControl = number
        serviceControl = number
        endpoint = number
        resource = number
        identity = number
        boundary = number
        session = number
    }

    subscript(kind: LayerKind) -> UInt32 {
        get {
            switch kind {
            case .resourceControl: resourceControl
            case .serviceControl: serviceControl
            case .endpoint: endpoint
            case .resource: resource
            case .identity: identity
            case .boundary: boundary
            case .session: session
            }
        }
        set {
            switch kind {
            case .resourceControl: resourceControl = newValue
            case .serviceControl: serviceControl = newValue
            case .endpoint: endpoint = newValue
            case .resource: resource = newValue
            case .identity: identity = newValue
            case .boundary: boundary = newValue
            case .session: session = newValue
            }
        }
    }
}

/// What stands in the slot of a condition key; anything else is the number of a text, or of a set.
enum Slot {
    static let unresolved: UInt32 = 0
    /// Absent, and nobody can say whether a real call would carry it.
    static let unsaid: UInt32 = 1
    /// Absent for certain.
    static let absent: UInt32 = 2
    /// Unknown on purpose.
    static let open: UInt32 = 3
    /// A set of values, by its number.
    static let set: UInt32 = 1 << 31
}
