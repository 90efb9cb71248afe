/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/packet.h"

#include "wire/json.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

bool packet_send(int fd, enum packet_kind kind, const struct record_type *type, const void *record, int flags)
{
    char *json = wire_write(type, record);
    size_t length = strlen(json);
    char head = (char)kind;
    struct iovec parts[] = {{&head, 1}, {json, length}};
    const struct msghdr message = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};
    ssize_t sent = -1;
    if (length + 1 <= PACKET_MAX)
        sent = TEMP_FAILURE_RETRY(sendmsg(fd, &message, flags | MSG_NOSIGNAL));
    explicit_bzero(json, length); /* a request holds what stands on the sheet */
    g_free(json);
    return sent == (ssize_t)length + 1;
}

enum packet_end packet_receive(int fd, char frame[PACKET_MAX + 1], int flags)
{
    /* MSG_TRUNC: the true length of a packet that is too long */
    ssize_t got = TEMP_FAILURE_RETRY(recv(fd, frame, PACKET_MAX, flags | MSG_TRUNC));
    if (got < 0)
        return errno == EAGAIN ? PACKET_LATER : PACKET_GONE;
    if (got == 0)
        return PACKET_GONE;
    if (got > PACKET_MAX || memchr(frame, '\0', (size_t)got) != NULL)
        return PACKET_BAD;
    frame[got] = '\0';
    return PACKET_GOT;
}

void *packet_record(const char *frame, enum packet_kind kind, const struct record_type *type)
{
    if (type == NULL || frame[0] != (char)kind)
        return NULL;
    return wire_read(type, frame + 1, strlen(frame + 1), WIRE_STRICT, NULL, NULL);
}
