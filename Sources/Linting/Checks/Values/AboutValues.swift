extension Check {
    static let aboutValues: [Check] = [
        stringEqualsWithWildcard, sensitiveKeyWildcard, arnOperatorWithoutARN, unreadableValue,
        emptyConditionValues, fourDigitDate, duplicateValue, privateAddressInSourceIP,
    ]
}
