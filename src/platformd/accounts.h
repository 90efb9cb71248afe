/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Registration (R2, domain.md 2.3): a candidate on file without a password sets one. Name, both numbers must fit; the answer never
 * says which did not, and failures are counted with those of the login.
 *
 * Sent again with the same password after a lost answer it is done once more without an effect.
 */
#pragma once

#include "platformd/routes.h"

void accounts_register(struct request *request);
