/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/child.h"

#include "base/log.h"
#include "helper/packet.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int spawn(const char *program, const char *job, int child_fd)
{
    const char *const argv[] = {program, job, NULL};
    const GSpawnFlags flags =
        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL; /* stdin too, by default */
    const int target_fd = PACKET_FD;
    GPid pid;
    g_autoptr(GError) error = NULL;
    if (!g_spawn_async_with_pipes_and_fds(NULL, argv, NULL, flags, NULL, NULL, -1, -1, -1, &child_fd, &target_fd, 1,
                                          &pid, NULL, NULL, NULL, &error)) {
        log_write(LOG_ERROR, "helper", "%s: %s", job, error->message);
        return -1;
    }
    int pidfd = pidfd_open(pid, 0); /* not reaped yet, so the number is still its own */
    if (pidfd < 0) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    return pidfd;
}

bool child_start(struct child *child, const char *program, const char *job)
{
    int pair[2];
    *child = CHILD_NONE;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    child->pidfd = spawn(program, job, pair[1]);
    close(pair[1]);
    if (child->pidfd < 0)
        close(pair[0]);
    else
        child->fd = pair[0];
    return child->pidfd >= 0;
}

static gboolean reap(gint pidfd, GIOCondition condition, gpointer data)
{
    (void)condition;
    (void)data;
    siginfo_t info = {0};
    int failed = waitid(P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG);
    if (failed ? errno == EINTR : info.si_pid == 0)
        return G_SOURCE_CONTINUE;
    close(pidfd);
    return G_SOURCE_REMOVE;
}

/* Closes our end and kills; what remains is to reap. */
static int let_go(struct child *child)
{
    int pidfd = child->pidfd;
    if (child->fd >= 0)
        close(child->fd);
    if (pidfd >= 0)
        (void)pidfd_send_signal(pidfd, SIGKILL, NULL, 0);
    *child = CHILD_NONE;
    return pidfd;
}

void child_end(struct child *child)
{
    int pidfd = let_go(child);
    if (pidfd >= 0)
        g_unix_fd_add(pidfd, G_IO_IN, reap, NULL);
}

void child_end_now(struct child *child)
{
    siginfo_t info;
    int pidfd = let_go(child);
    if (pidfd < 0)
        return;
    (void)TEMP_FAILURE_RETRY(waitid(P_PIDFD, (id_t)pidfd, &info, WEXITED));
    close(pidfd);
}

/* A kiosk that dies takes its helpers with it; one that died before we asked for that has closed its end. */
bool child_bind(void)
{
    struct pollfd parent = {.fd = PACKET_FD};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || fcntl(PACKET_FD, F_SETFD, FD_CLOEXEC) != 0)
        return false;
    return poll(&parent, 1, 0) == 0;
}
