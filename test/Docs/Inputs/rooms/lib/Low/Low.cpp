#include "kcfi/High/High.h"
#include "kcfi/Low/Low.h"
