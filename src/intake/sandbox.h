/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Locks the process in before it touches untrusted bytes: from then on it can compute, allocate and write to what is open already.
 * Opening, connecting, starting programs fail with EPERM. There is no way back. Blocks: never.
 */
#pragma once

#include <stdbool.h>

/* False when the kernel or the machine has no filter for us (or under sanitizers, which need more): only the limits hold then. */
bool sandbox_enter(void);
