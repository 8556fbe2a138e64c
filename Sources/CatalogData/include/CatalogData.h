#ifndef ORGSIM_CATALOG_DATA_H
#define ORGSIM_CATALOG_DATA_H

#include <stddef.h>

/* The bytes of catalog.txt and managed-policies.txt, constants of the binary, and how many. */
const unsigned char *_Nonnull orgsim_catalog_bytes(void);
size_t orgsim_catalog_count(void);
const unsigned char *_Nonnull orgsim_managed_policies_bytes(void);
size_t orgsim_managed_policies_count(void);

#endif
