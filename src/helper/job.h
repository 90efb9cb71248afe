/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jobs live in session/job.h: the session asks for them and may not look up here. */
#pragma once

#include "session/job.h"
