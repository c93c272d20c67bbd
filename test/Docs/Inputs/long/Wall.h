#include <kcfi-c/Dialect.h>
#include "../kcfi/KCFI.h"
#include "../mlir/Core.h"
#include "mlir-c/IR.h"
