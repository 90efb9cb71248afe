/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/frame.h"

#include "wire/json.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

bool frame_send(int fd, enum frame_kind kind, const struct record_type *type, const void *record, int flags)
{
    char *json = wire_write(type, record);
    size_t length = strlen(json);
    char head = (char)kind;
    struct iovec parts[] = {{&head, 1}, {json, length}};
    const struct msghdr message = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};
    ssize_t sent = -1;
    if (length + 1 <= FRAME_MAX)
        sent = TEMP_FAILURE_RETRY(sendmsg(fd, &message, flags | MSG_NOSIGNAL));
    explicit_bzero(json, length); /* a request holds what stands on the sheet */
    g_free(json);
    return sent == (ssize_t)length + 1;
}

enum frame_end frame_receive(int fd, char frame[FRAME_MAX + 1], int flags)
{
    /* MSG_TRUNC: the true length of a packet that is too long */
    ssize_t got = TEMP_FAILURE_RETRY(recv(fd, frame, FRAME_MAX, flags | MSG_TRUNC));
    if (got < 0)
        return errno == EAGAIN ? FRAME_LATER : FRAME_GONE;
    if (got == 0)
        return FRAME_GONE;
    if (got > FRAME_MAX || memchr(frame, '\0', (size_t)got) != NULL)
        return FRAME_BAD;
    frame[got] = '\0';
    return FRAME_GOT;
}

void *frame_record(const char *frame, enum frame_kind kind, const struct record_type *type)
{
    if (type == NULL || frame[0] != (char)kind)
        return NULL;
    return wire_read(type, frame + 1, strlen(frame + 1), WIRE_STRICT, NULL, NULL);
}
