/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/listen_address.h"

#include <stdbool.h>
#include <string.h>

GSocketAddress *listen_address_parse(const char *listen, GError **error)
{
    const char *colon = listen ? strrchr(listen, ':') : NULL;
    guint64 port = 0;
    GSocketAddress *address = NULL;
    if (colon && g_ascii_string_to_unsigned(colon + 1, 10, 0, 65535, &port, NULL)) {
        bool bracketed = listen[0] == '[' && colon > listen + 1 && colon[-1] == ']';
        g_autofree char *host =
            bracketed ? g_strndup(listen + 1, (gsize)(colon - listen - 2)) : g_strndup(listen, (gsize)(colon - listen));
        address = g_inet_socket_address_new_from_string(host, (guint)port);
    }
    if (!address)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is not ADDRESS:PORT", listen ? listen : "");
    return address;
}

char *listen_address_url(GSocketAddress *address, unsigned port)
{
    GInetAddress *host = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address));
    g_autofree char *name = g_inet_address_to_string(host);
    if (g_inet_address_get_family(host) == G_SOCKET_FAMILY_IPV6)
        return g_strdup_printf("http://[%s]:%u", name, port);
    return g_strdup_printf("http://%s:%u", name, port);
}
