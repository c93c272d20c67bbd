void example(Op op) {
  // emitError() << "a comment is no diagnostic";
  op.emitError() << "a " << kind << " is expected here";
  op.emitOpError() << "nobody waits for this, "
                      "in two literals";
}
