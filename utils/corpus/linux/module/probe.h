/* SPDX-License-Identifier: (Apache-2.0 WITH LLVM-exception) OR GPL-2.0-only */
/* Part of the KCFI project. See the LICENSE file for license information. */

/* One kind of call, which a word that is written to the file asks for. */
struct probe_action {
	const char *name;
	int (*run)(void);
};

extern const struct probe_action probe_actions[];
extern const int probe_action_count;
