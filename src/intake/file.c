/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file may grow while it is read: never more than was asked for. */
static GBytes *read_at_most(int fd, size_t n)
{
    unsigned char *bytes = g_malloc(n);
    size_t have = 0;
    for (ssize_t got = 1; have < n && got > 0; have += (size_t)MAX(got, 0))
        got = TEMP_FAILURE_RETRY(read(fd, bytes + have, n - have));
    return g_bytes_new_take(bytes, have);
}

static int open_regular(const char *path, struct stat *ret_status)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (fstat(fd, ret_status) == 0 && S_ISREG(ret_status->st_mode))
        return fd;
    close(fd);
    return -1;
}

GBytes *file_load(const char *path, int64_t max_bytes)
{
    struct stat status;
    int fd = open_regular(path, &status);
    if (fd < 0)
        return NULL;
    GBytes *bytes = status.st_size <= max_bytes ? read_at_most(fd, (size_t)status.st_size) : NULL;
    close(fd);
    return bytes;
}

int64_t file_size(const char *path)
{
    struct stat status;
    int fd = open_regular(path, &status);
    if (fd < 0)
        return 0;
    close(fd);
    return status.st_size;
}
