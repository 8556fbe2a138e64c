import PolicyLanguage
import Testing

@Suite("AccountID")
struct AccountIDTests {
    @Test("an account id is exactly twelve ASCII digits")
    func form() {
        #expect(AccountID("012345678901")?.description == "012345678901")
        for text in [
            "", "12345678901", "1234567890123", "12345678901a", " 12345678901", "१23456789012",
        ] {
            #expect(AccountID(text) == nil, "\(text)")
        }
    }
}

@Suite("ARN")
struct ARNTests {
    @Test("RES-1: an ARN has six parts, the sixth keeps further colons and slashes")
    func parts() throws {
        let arn = try #require(ARN("arn:aws-cn:lambda:cn-north-1:111122223333:function:name:7"))
        #expect(arn.partition == "aws-cn")
        #expect(arn.service == "lambda")
        #expect(arn.region == "cn-north-1")
        #expect(arn.account == "111122223333")
        #expect(arn.accountID == AccountID("111122223333"))
        #expect(arn.resource == "function:name:7")
        #expect(arn.description == "arn:aws-cn:lambda:cn-north-1:111122223333:function:name:7")
    }

    @Test("region and account may be empty")
    func emptyParts() throws {
        let arn = try #require(ARN("arn:aws:s3:::bucket/a/b"))
        #expect(arn.region.isEmpty)
        #expect(arn.accountID == nil)
        #expect(arn.resourceType == "bucket")
        #expect(arn.resourceName == "b")
    }

    @Test("a combining mark does not hide the separator before it")
    func combiningMarks() throws {
        let arn = try #require(ARN("arn:aws:s3:::\u{301}b/\u{200D}k"))
        #expect(arn.resource == "\u{301}b/\u{200D}k")
        #expect(arn.resourceType.utf8.elementsEqual("\u{301}b".utf8))
        #expect(arn.resourceName.utf8.elementsEqual("\u{200D}k".utf8))
    }

    @Test(
        "what has not six parts is no ARN",
        arguments: [
            "", "*", "arn", "arn:aws:s3::", "arn:aws:s3:::", "arn::s3:::b", "arn:aws::::b",
            "ARN:aws:s3:::b",
        ]
    )
    func refused(_ text: String) {
        #expect(ARN(text) == nil)
    }

    @Test("an ARN put together reads as the same one")
    func roundTrip() {
        let arn = ARN(
            partition: "aws",
            service: "iam",
            account: "111122223333",
            resource: "role/x/R"
        )
        #expect(arn.description == "arn:aws:iam::111122223333:role/x/R")
        #expect(ARN(arn.description) == arn)
    }
}

@Suite("ActionName")
struct ActionNameTests {
    @Test("ACT-1: both parts compare without regard to case, the spelling is kept")
    func caseIsIgnored() throws {
        let action = try #require(ActionName("S3:getObject"))
        #expect(action == ActionName("s3:GetObject"))
        #expect(action.hashValue == ActionName("s3:GetObject")?.hashValue)
        #expect(action.description == "S3:getObject")
        #expect(action.service == "s3")
        #expect(action.name == "getobject")
        #expect(action != ActionName("s3:GetObjectAcl"))
    }

    @Test(
        "an action of a request is service:Name without wildcards",
        arguments: [
            "", "*", "s3", "s3:", ":Get", "s3:*", "s3:Get?", "s3:Get Object", "s3:Get_Object",
            "s3:a:b", "é:Get",
        ]
    )
    func refused(_ text: String) {
        #expect(ActionName(text) == nil)
    }

    @Test("ACT-1: prefixes have hyphens, and so has one name")
    func hyphens() {
        #expect(ActionName("cognito-idp:SignUp")?.service == "cognito-idp")
        let action = ActionName("vpc-lattice:AssociateViaAWSService-EventsAndStates")
        #expect(action?.name == "associateviaawsservice-eventsandstates")
    }
}

@Suite("ConditionKey")
struct ConditionKeyTests {
    @Test("COND-4: names of keys ignore case, also behind the slash")
    func caseIsIgnored() {
        let key: ConditionKey = "aws:PrincipalTag/Team"
        #expect(key == "AWS:principaltag/TEAM")
        #expect(key.hashValue == ConditionKey("AWS:principaltag/TEAM").hashValue)
        #expect(key != "aws:PrincipalTag/Teams")
        #expect(key.description == "aws:PrincipalTag/Team")
    }

    @Test("COND-4: a value is found whatever the case of its key, and listed as written")
    func lookup() {
        var context = RequestContext()
        context["aws:RequestTag/Team"] = .single("red")
        context["aws:SourceIp"] = .single("10.0.0.1")
        #expect(context["AWS:requesttag/team"] == .single("red"))
        context["aws:requesttag/TEAM"] = .single("blue")
        #expect(context["aws:RequestTag/Team"] == .single("blue"))
        #expect(context.spelledKeys == ["aws:SourceIp", "aws:requesttag/TEAM"])
        context["AWS:SOURCEIP"] = nil
        #expect(context["aws:SourceIp"] == nil)
    }
}
