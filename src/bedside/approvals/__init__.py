"""Who has to sign what: routes, requests, decisions and outside signers. It knows fingerprints, never posts."""
