// Two ops: one is documented, though with a wrong example, the other is not.

include "mlir/IR/OpBase.td"

def Wrong_Dialect : Dialect {
  let name = "wrong";
  let summary = "a dialect";
  let description = "For the test of the check.";
}

def Wrong_BareOp : Op<Wrong_Dialect, "bare">;

def Wrong_DocumentedOp : Op<Wrong_Dialect, "documented"> {
  let summary = "an op";
  let description = [{
    ```mlir
    "wrong.documented"() :
    ```
  }];
}
