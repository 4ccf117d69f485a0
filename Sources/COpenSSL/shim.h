#pragma once
// The one-shot and EVP forms of OpenSSL 3 look their algorithm up at every call, which costs more than hashing a request
// does. The low-level SHA-256 functions do not, but are marked deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>
