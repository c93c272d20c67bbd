// SPDX-License-Identifier: (Apache-2.0 WITH LLVM-exception) OR GPL-2.0-only
/* Part of the KCFI project. See the LICENSE file for license information. */
/* A file in /proc. Who writes a word to it asks for a call. */

#define pr_fmt(text) KBUILD_MODNAME ": " text

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "probe.h"

static ssize_t probe_write(struct file *file, const char __user *buffer,
			   size_t size, loff_t *offset)
{
	char word[16] = "";
	int i;

	if (size >= sizeof(word))
		return -EINVAL;
	if (copy_from_user(word, buffer, size))
		return -EFAULT;
	for (i = 0; i < probe_action_count; i++) {
		const struct probe_action *action = &probe_actions[i];

		if (!sysfs_streq(word, action->name))
			continue;
		pr_info("%s begins\n", action->name);
		pr_info("%s returned %d\n", action->name, action->run());
		return size;
	}
	return -EINVAL;
}

static const struct proc_ops probe_operations = {
	.proc_write = probe_write,
};

static int __init probe_init(void)
{
	if (!proc_create(KBUILD_MODNAME, 0200, NULL, &probe_operations))
		return -ENOMEM;
	pr_info("loaded\n");
	return 0;
}

static void __exit probe_exit(void)
{
	remove_proc_entry(KBUILD_MODNAME, NULL);
	pr_info("unloaded\n");
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_DESCRIPTION("Right and wrong calls between the kernel and a module");
MODULE_LICENSE("GPL");
