import Authorization
import Explaining
import Testing

@Suite("Elements in words")
struct ElementTextTests {
    /// What the statements of a bucket's policy, or of ann's, say to ann.
    private func texts(
        bucket: String = "[]",
        ann: String = "[]",
        action: String = "s3:GetObject",
        principal: String = "app:user/ann"
    ) throws -> [String] {
        let world = try ExplainedWorld(
            warned: #"""
                {"externalAccounts": {"app": {"id": "111122223333",
                  "iam": {
                    "users": {"ann": {"tags": {"team": "data"}, "inlinePolicies": {"p": {
                      "Version": "2012-10-17", "Statement": \#(ann)}}}},
                    "roles": {"r": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}]}}}},
                  "resources": {"arn:aws:s3:::data": {"policy": {
                    "Version": "2012-10-17", "Statement": \#(bucket)}}}}}}
                """#
        )
        let explanation = try world.explanation(
            #"{"principal": "\#(principal)", "action": "\#(action)", "resource": "arn:aws:s3:::data/x"}"#
        )
        return explanation.tracedLayers.flatMap(\.statements).flatMap(\.elements)
            .filter(\.isSelective).map(\.text)
    }

    private func allow(_ rest: String) -> String {
        #"[{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::data/*", \#(rest)}]"#
    }

    private static let covered = #"Resource: the resource fits ["arn:aws:s3:::data/*"]"#

    struct Row: CustomTestStringConvertible {
        let principal: String
        var caller = "app:user/ann"
        let text: String

        var testDescription: String { text }
    }

    @Test(
        "how a principal element names the caller (EVAL-10, EVAL-13, EVAL-21)",
        arguments: [
            Row(
                principal: #""Principal": {"AWS": "111122223333"}"#,
                text: #"Principal: "111122223333" is the caller's account"#
            ),
            Row(
                principal: #""Principal": {"AWS": "arn:aws:iam::111122223333:user/ann"}"#,
                text: #"Principal: "arn:aws:iam::111122223333:user/ann" is the caller"#
            ),
            Row(
                principal: #""Principal": {"AWS": "arn:aws:iam::111122223333:role/r"}"#,
                caller: "app:role/r",
                text:
                    #"Principal: "arn:aws:iam::111122223333:role/r" is behind the caller's session"#
            ),
            Row(
                principal: #""Principal": {"AWS": "arn:aws:iam::111122223333:role/r"}"#,
                text: #"Principal: the caller is none of ["arn:aws:iam::111122223333:role/r"]"#
            ),
        ]
    )
    func principals(row: Row) throws {
        let texts = try texts(bucket: allow(row.principal), principal: row.caller)
        #expect(texts == [row.text, Self.covered])
    }

    @Test("NotPrincipal spares the caller or does not (NOTP-2)")
    func notPrincipals() throws {
        func deny(_ names: String) -> String {
            #"[{"Effect": "Deny", "NotPrincipal": {"AWS": [\#(names)]}, "Action": "*", "Resource": "arn:aws:s3:::data/*"}]"#
        }
        let ann = #""arn:aws:iam::111122223333:user/ann", "111122223333""#
        let list = #"["arn:aws:iam::111122223333:user/ann", "111122223333"]"#
        #expect(
            try texts(bucket: deny(ann)) == [
                "NotPrincipal: the caller is one of \(list)", Self.covered,
            ]
        )
        #expect(
            try texts(bucket: deny(#""111122223333""#)) == [
                #"NotPrincipal: the caller is not spared by ["111122223333"]"#, Self.covered,
            ]
        )
    }

    @Test("actions and resources that fit, that do not, and what NotAction and NotResource list")
    func actionsAndResources() throws {
        func statement(_ action: String, _ resource: String) -> String {
            #"[{"Effect": "Allow", \#(action), \#(resource)}]"#
        }
        #expect(
            try texts(
                ann: statement(
                    #""Action": ["s3:Put*", "s3:Get*"]"#,
                    #""Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*""#
                )
            ) == [
                #"Action: s3:GetObject fits ["s3:Get*", … and 1 more]"#,
                #"Resource: the resource fits ["arn:aws:s3:::${aws:PrincipalTag/team}/*"], with "${aws:PrincipalTag/team}" = "data""#,
            ]
        )
        #expect(
            try texts(
                ann: statement(
                    #""NotAction": ["iam:*", "s3:*"]"#,
                    #""NotResource": "arn:aws:s3:::data/*""#
                )
            ) == [
                #"NotAction: s3:GetObject fits ["s3:*", … and 1 more]"#,
                #"NotResource: the resource fits ["arn:aws:s3:::data/*"]"#,
            ]
        )
        #expect(
            try texts(
                ann: statement(
                    #""NotAction": "iam:*""#,
                    #""NotResource": "arn:aws:s3:::other/*""#
                )
            ) == [
                #"NotAction: s3:GetObject fits none of ["iam:*"]"#,
                #"NotResource: the resource fits none of ["arn:aws:s3:::other/*"]"#,
            ]
        )
        #expect(
            try texts(
                ann: statement(
                    #""Action": "ec2:Describe*""#,
                    #""Resource": "arn:aws:ec2:*:*:instance/*""#
                ),
                action: "ec2:DescribeInstances"
            ) == [
                #"Action: ec2:DescribeInstances fits ["ec2:Describe*"]"#,
                #"Resource: the request is on "*", which none of ["arn:aws:ec2:*:*:instance/*"] covers"#,
            ]
        )
    }
}
