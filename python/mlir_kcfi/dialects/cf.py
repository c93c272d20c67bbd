# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The operations of the dialect `cf`."""

from ._cf_ops_gen import *  # noqa: F403
