# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that there are pictures with something in them.

  check-pictures.py (DIRECTORY NUMBER)...
"""

import pathlib
import sys

import matplotlib.image
import numpy

for directory, number in zip(sys.argv[1::2], sys.argv[2::2]):
    pictures = sorted(pathlib.Path(directory).glob("*.png"))
    if len(pictures) != int(number):
        sys.exit(f"{directory}: {len(pictures)} pictures instead of {number}")
    for path in pictures:
        pixels = matplotlib.image.imread(path)
        height, width = pixels.shape[:2]
        if height < 250 or width < 600:
            sys.exit(f"{path}: only {width} by {height} pixels")
        # Where there is neither background nor the black of axes and text.
        colors = pixels[..., :3]
        colored = numpy.ptp(colors, axis=-1) > 0.2
        if colored.mean() < 0.005:
            sys.exit(f"{path}: nothing is drawn")
        if (colors[[0, -1], :] < 0.9).any() or (colors[:, [0, -1]] < 0.9).any():
            sys.exit(f"{path}: something is cut off at an edge")
