import PolicyLanguage

/// A context of single values.
func context(_ pairs: KeyValuePairs<String, String>) -> RequestContext {
    var context = RequestContext()
    for (key, value) in pairs { context[ConditionKey(key)] = .single(value) }
    return context
}
