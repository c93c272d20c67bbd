#include "kcfi/Low/Low.h"
