// SPDX-License-Identifier: (Apache-2.0 WITH LLVM-exception) OR GPL-2.0-only
/* Part of the KCFI project. See the LICENSE file for license information. */
/* Right and wrong calls between the kernel and the module. */

#include <linux/kernel.h>
#include <linux/sort.h>
#include <linux/types.h>

#include "probe.h"

static int compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Has the code that 'sort' needs, but another type. */
static long compare_longs(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int sort_with(cmp_func_t compare)
{
	int numbers[] = { 3, 1, 2 };

	sort(numbers, ARRAY_SIZE(numbers), sizeof(numbers[0]), compare, NULL);
	return numbers[0] * 100 + numbers[1] * 10 + numbers[2];
}

/* The kernel calls the module. */
static int right_in(void)
{
	return sort_with(compare_ints);
}

static int wrong_in(void)
{
	return sort_with((void *)compare_longs);
}

/* The module calls the kernel. */
static int right_out(void)
{
	int (*volatile function)(unsigned char) = hex_to_bin;

	return function('a');
}

static int wrong_out(void)
{
	long (*volatile function)(long) = (void *)hex_to_bin;

	return function('a');
}

const struct probe_action probe_actions[] = {
	{ "right-in", right_in },
	{ "right-out", right_out },
	{ "wrong-in", wrong_in },
	{ "wrong-out", wrong_out },
};

const int probe_action_count = ARRAY_SIZE(probe_actions);
