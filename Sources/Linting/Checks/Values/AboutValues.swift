extension Check {
    static let aboutValues: [Check] = [
        stringEqualsWithWildcard, sensitiveKeyWildcard, arnOperatorWithoutARN, unreadableValue,
        emptyConditionValues, valueShape, orgPathWithoutSlash, fourDigitDate, duplicateValue,
        privateAddressInSourceIP, principalARNOfSession, ssoRoleWithoutPath,
        rootARNMeansRootUser, roleIDWithoutSession, variableWithoutVersion, unknownVariable,
        multivaluedKeyAsVariable, variableInTypedOperator, variableOutsideResourcePart,
        unreadableVariable, variableInConditionKey,
    ]
}
