# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The operations, types and attributes of the dialect `kcfi`."""

from ._kcfi_kinds_gen import *  # noqa: F403
from ._kcfi_ops_gen import *  # noqa: F403
