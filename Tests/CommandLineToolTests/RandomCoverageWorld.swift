/// A small organization with policies of every type, and one request, made from a seed.
struct RandomCoverageWorld {
    struct Statement {
        let sid: String
        let effect: String
        let action: String
        let conditions: [String]
    }

    private var random: SplitMix
    private var count = 0
    private(set) var scps: [[Statement]] = []
    private(set) var rcp: [Statement] = []
    private(set) var own: [Statement] = []
    private(set) var boundary: [Statement]?
    private(set) var bucket: [Statement]?
    private(set) var endpoint: [Statement]?
    private var attached: [[String]] = []
    private var bucketPrincipal = ""
    private var caller = ""
    private var context: [String] = []

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        scps = [statements(), statements()]
        rcp = statements(effect: "Deny", action: "s3:*")
        own = statements()
        if flip() { boundary = statements() }
        if flip() { bucket = statements() }
        if random.next() % 3 == 0 { endpoint = statements() }
        for _ in 0..<3 {
            let names = ["FullAWSAccess", "P0", "P1"].filter { _ in flip() }
            attached.append(names.isEmpty ? ["FullAWSAccess"] : names)
        }
        bucketPrincipal = pick([
            #""*""#, #"{ "AWS": "100000000002" }"#,
            #"{ "AWS": "arn:aws:iam::100000000002:user/ann" }"#,
            #"{ "AWS": "arn:aws:iam::100000000002:role/Work" }"#,
            #"{ "AWS": "arn:aws:iam::100000000003:user/ann" }"#,
        ])
        caller = pick(["app:user/ann", "app:role/Work", "app:root", "lab:user/ann"])
        context = [
            #""aws:RequestedRegion": "\#(pick(["eu-west-1", "us-east-1"]))""#,
            #""aws:SecureTransport": \#(flip())"#,
            #""aws:SourceIp": "\#(pick(["10.0.0.1", "192.0.2.1"]))""#,
        ]
    }

    /// A condition by the Sid of its statement and its text, as coverage names it.
    struct Place: Hashable {
        let sid: String
        let condition: String
    }

    var places: [Place] {
        let all =
            scps.flatMap { $0 } + rcp + own + (boundary ?? []) + (bucket ?? [])
            + (endpoint ?? [])
        return all.flatMap { statement in
            statement.conditions.map { Place(sid: statement.sid, condition: $0) }
        }
    }
}

// As files.
extension RandomCoverageWorld {
    static let conditions: [String: String] = [
        "StringEquals aws:RequestedRegion": #""eu-west-1""#,
        "Bool aws:SecureTransport": #""true""#,
        "IpAddress aws:SourceIp": #""10.0.0.0/8""#,
        "NotIpAddress aws:SourceIp": #""192.0.2.0/24""#,
    ]

    /// The organization, one condition left out if one is named.
    func organization(without dropped: Place? = nil) -> String {
        func text(_ statements: [Statement], to principal: String? = nil) -> String {
            let parts = statements.map { statement in
                let kept = statement.conditions.filter {
                    Place(sid: statement.sid, condition: $0) != dropped
                }
                let blocks = kept.map { condition in
                    let words = condition.split(separator: " ")
                    return
                        #""\#(words[0])": { "\#(words[1])": \#(Self.conditions[condition] ?? "") }"#
                }
                return CoverageWorld.statement(
                    statement.sid,
                    statement.effect,
                    statement.action,
                    to: principal,
                    if: blocks.isEmpty ? nil : blocks.joined(separator: ", ")
                )
            }
            return #"{ "Version": "2012-10-17", "Statement": [\#(parts.joined(separator: ", "))] }"#
        }
        func list(_ names: [String]) -> String {
            names.map { #""\#($0)""# }.joined(separator: ", ")
        }
        let bound = boundary == nil ? "" : #""permissionsBoundary": "Limits","#
        let managed = boundary.map { #""managedPolicies": { "Limits": \#(text($0)) },"# } ?? ""
        let entity = #"{ \#(bound) "inlinePolicies": { "own": \#(text(own)) }"#
        let trust = CoverageWorld.policy(
            CoverageWorld.statement(
                "Trust",
                "Allow",
                "sts:AssumeRole",
                on: nil,
                to: #"{ "AWS": "100000000002" }"#
            )
        )
        // A bucket policy names buckets, which `*` does for our purpose.
        let policy = bucket.map { text($0, to: bucketPrincipal) }
        let resources = [
            policy.map { #""arn:aws:s3:::b": { "policy": \#($0) }"# },
            endpoint.map {
                #""arn:aws:ec2:eu-west-1:100000000002:vpc-endpoint/vpce-1": { "vpc": "vpc-1", "#
                    + #""policy": \#(text($0, to: #""*""#)) }"#
            },
        ]
        let listed = resources.compactMap { $0 }.joined(separator: ", ")
        return CoverageWorld.organization(
            policies: #""P0": \#(text(scps[0])), "P1": \#(text(scps[1]))"#,
            rcps: #""R": \#(text(rcp, to: #""*""#))"#,
            root: list(attached[0]),
            one: list(attached[1]),
            app: #", "serviceControlPolicies": [\#(list(attached[2]))], "#
                + #""resourceControlPolicies": ["R"], "iam": { \#(managed) "users": { "ann": \#(entity) } }, "#
                + #""roles": { "Work": \#(entity), "trustPolicy": \#(trust) } } }, "#
                + #""resources": { \#(listed) }"#,
            lab: CoverageWorld.ann(CoverageWorld.everything)
        )
    }

    var scenario: String {
        let through =
            endpoint == nil
            ? "" : #", "through": "arn:aws:ec2:eu-west-1:100000000002:vpc-endpoint/vpce-1""#
        return CoverageRun.scenario(
            #"""
            { "principal": "\#(caller)", "action": "s3:GetObject",
              "resource": "arn:aws:s3:::b/x", "resourceAccount": "app", "expect": "allowed",
              "context": { \#(context.joined(separator: ", ")) } \#(through) }
            """#
        )
    }
}

extension RandomCoverageWorld {
    private mutating func flip() -> Bool { random.next() % 2 == 0 }

    private mutating func pick(_ words: [String]) -> String {
        words[Int(random.next() % UInt64(words.count))]
    }

    private mutating func statements(
        effect: String? = nil,
        action: String? = nil
    ) -> [Statement] {
        (0...Int(random.next() % 2)).map { _ in
            count += 1
            let effect = effect ?? pick(["Allow", "Allow", "Allow", "Deny"])
            var conditions = Self.conditions.keys.sorted().filter { _ in random.next() % 3 == 0 }
            // A Deny of everybody would hide what else there is.
            if effect == "Deny", conditions.isEmpty {
                conditions = [pick(Self.conditions.keys.sorted())]
            }
            return Statement(
                sid: "S\(count)",
                effect: effect,
                action: action ?? pick(["s3:*", "s3:GetObject", "ec2:*"]),
                conditions: conditions
            )
        }
    }
}

/// Random numbers that hang on nothing but the seed.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
