// REQUIRES: clang && !lld
// REQUIRES: clangg || true
// UNSUPPORTED: lldd
// XFAIL: *
