#include "CatalogData.h"

/* #embed is C23; clang 19 and later take it in every mode, as an extension. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char catalog[] = {
#embed "catalog.txt"
};

static const unsigned char managed_policies[] = {
#embed "managed-policies.txt"
};

const unsigned char *orgsim_catalog_bytes(void) { return catalog; }
size_t orgsim_catalog_count(void) { return sizeof catalog; }
const unsigned char *orgsim_managed_policies_bytes(void) { return managed_policies; }
size_t orgsim_managed_policies_count(void) { return sizeof managed_policies; }
