/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "127.0.0.1:0", "[::1]:8080": where to listen. Names are not looked up, that could block. */
#pragma once

#include <gio/gio.h>

/* NULL and an error when it is not ADDRESS:PORT. */
GSocketAddress *listen_address_parse(const char *listen, GError **error);
/* "http://127.0.0.1:43211" with the port that it became; newly allocated. */
char *listen_address_url(GSocketAddress *address, unsigned port);
