/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig_cups.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS 10000
#define GLANCE_MS   10 /* between two tries to connect */
#define PRINTER     "tests/e2e/a3printer.conf"

enum { BUS, PRINTER_PROCESS, CUPSD, PROCESSES };

struct rig_cups {
    char *directory, *server;
    GPid processes[PROCESSES]; /* 0 = not running */
    int port;                  /* of the printer */
};

/* ---------------------------------------------------------------- processes */

static char *path_in(const struct rig_cups *rig, const char *name)
{
    return g_build_filename(rig->directory, name, NULL);
}

static void write_text(const struct rig_cups *rig, const char *name, int mode, const char *text)
{
    g_autofree char *path = path_in(rig, name);
    if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, NULL))
        g_error("%s cannot be written", path);
}

/* A test that dies takes everything with it. */
static void in_child(gpointer data)
{
    (void)data;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
}

static char **environment(const struct rig_cups *rig, bool bus)
{
    char **env = g_get_environ();
    g_autofree char *address = g_strdup_printf("unix:path=%s/bus", rig->directory);
    g_autofree char *path = g_strdup_printf("/usr/sbin:/sbin:%s", g_getenv("PATH"));
    env = g_environ_setenv(env, "PATH", path, TRUE);
    env = g_environ_setenv(env, "HOME", rig->directory, TRUE);
    env = g_environ_setenv(env, "CUPS_SERVER", rig->server, TRUE);
    env = g_environ_unsetenv(env, "DBUS_SYSTEM_BUS_ADDRESS"); /* cupsd would wait for it */
    return bus ? g_environ_setenv(env, "DBUS_SYSTEM_BUS_ADDRESS", address, TRUE) : env;
}

static bool start(struct rig_cups *rig, int which, const char *const *argv)
{
    static const char *const logs[] = {"log/bus", "log/printer", "log/cupsd"};
    g_autofree char *log = path_in(rig, logs[which]);
    g_auto(GStrv) env = environment(rig, which == PRINTER_PROCESS);
    g_autoptr(GError) error = NULL;
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH_FROM_ENVP;
    bool ok = g_spawn_async_with_fds(NULL, (char **)argv, env, flags, in_child, NULL, &rig->processes[which], -1, out,
                                     out, &error);
    close(out);
    if (!ok)
        fprintf(stderr, "rig: %s\n", error->message);
    return ok;
}

static bool is_running(struct rig_cups *rig, int which)
{
    if (rig->processes[which] && waitpid(rig->processes[which], NULL, WNOHANG) == 0)
        return true;
    rig->processes[which] = 0;
    return false;
}

static gint64 deadline(void)
{
    return g_get_monotonic_time() + PATIENCE_MS * 1000;
}

static void glance(void)
{
    poll(NULL, 0, GLANCE_MS);
}

/* Asks it to go and takes care that it does. */
static void end(struct rig_cups *rig, int which, int signal)
{
    GPid pid = rig->processes[which];
    if (!pid)
        return;
    kill(pid, SIGCONT);
    kill(pid, signal);
    for (gint64 until = deadline(); is_running(rig, which) && g_get_monotonic_time() < until;)
        glance();
    if (rig->processes[which]) {
        kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    rig->processes[which] = 0;
}

/* ---------------------------------------------------------------- readiness */

static bool can_connect(const struct sockaddr *address, socklen_t n)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && connect(fd, address, n) == 0;
    close(fd);
    return ok;
}

static bool wait_for(struct rig_cups *rig, int which, const struct sockaddr *address, socklen_t n)
{
    for (gint64 until = deadline(); g_get_monotonic_time() < until;) {
        if (can_connect(address, n))
            return true;
        if (!is_running(rig, which))
            return false;
        glance();
    }
    return false;
}

static bool wait_for_socket(struct rig_cups *rig, int which, const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_autofree char *path = path_in(rig, name);
    g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
    return wait_for(rig, which, (const struct sockaddr *)&address, sizeof(address));
}

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int free_port(void)
{
    struct sockaddr_in address = loopback(0);
    socklen_t n = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && bind(fd, (const struct sockaddr *)&address, n) == 0 &&
              getsockname(fd, (struct sockaddr *)&address, &n) == 0;
    close(fd);
    return ok ? ntohs(address.sin_port) : 0;
}

/* ---------------------------------------------------------------- the three parts */

static bool start_bus(struct rig_cups *rig)
{
    g_autofree char *address = g_strdup_printf("--address=unix:path=%s/bus", rig->directory);
    const char *const argv[] = {"dbus-daemon", "--session", address, "--nofork", "--nopidfile", NULL};
    return start(rig, BUS, argv) && wait_for_socket(rig, BUS, "bus");
}

/* What the printer does with a document: keep it and its attributes, be in trouble while told so, then end well or not. */
static void write_print_command(const struct rig_cups *rig)
{
    g_autofree char *script = g_strdup_printf("#!/bin/sh\n"
                                              "cd '%s/out' || exit 1\n"
                                              "n=$(ls | grep -c 'pdf$'); n=$((n + 1))\n"
                                              "env | grep '^IPP_' | sort > $n.env\n"
                                              "cat \"$1\" > $n.part && mv $n.part $n.pdf\n"
                                              "if [ -f ../trouble ]; then\n"
                                              "    word=$(cat ../trouble)\n"
                                              "    echo \"STATE: +$word\" >&2\n"
                                              "    read -r go < ../gate\n"
                                              "    echo \"STATE: -$word\" >&2\n"
                                              "fi\n"
                                              "[ ! -f ../abort ]\n",
                                              rig->directory);
    write_text(rig, "print", 0755, script);
}

bool rig_cups_printer_on(struct rig_cups *rig)
{
    g_autofree char *port = g_strdup_printf("%d", rig->port);
    g_autofree char *spool = path_in(rig, "printer");
    g_autofree char *command = path_in(rig, "print");
    const char *const argv[] = {"ippeveprinter", "-vv", "-p", port,  "-n", "localhost", "-a",       PRINTER, "-d",
                                spool,           "-k",  "-r", "off", "-c", command,     "A3 Laser", NULL};
    struct sockaddr_in address = loopback(rig->port);
    return start(rig, PRINTER_PROCESS, argv) &&
           wait_for(rig, PRINTER_PROCESS, (const struct sockaddr *)&address, sizeof(address));
}

static bool start_printer(struct rig_cups *rig)
{
    write_print_command(rig);
    for (int i = 0; i < 5; i++) { /* another process may be quicker to take the port */
        rig->port = free_port();
        if (rig->port && rig_cups_printer_on(rig))
            return true;
        end(rig, PRINTER_PROCESS, SIGTERM);
    }
    return false;
}

static void write_cups_files(const struct rig_cups *rig)
{
    const char *b = rig->directory;
    bool root = geteuid() == 0; /* cupsd refuses to print as root */
    const struct group *group = getgrgid(getegid());
    const char *group_name = group ? group->gr_name : "root";
    g_autofree char *text = g_strdup_printf(
        "User %s\nGroup %s\nSystemGroup %s\nServerRoot %s\nStateDir %s/state\nCacheDir %s/cache\nRequestRoot %s/spool\n"
        "TempDir %s/spool/temp\nServerBin /usr/lib/cups\nDataDir /usr/share/cups\nDocumentRoot /usr/share/cups\n"
        "AccessLog %s/log/access\nErrorLog %s/log/error\nPageLog %s/log/page\nPrintcap\n",
        root ? "lp" : g_get_user_name(), root ? "lp" : group_name, group_name, b, b, b, b, b, b, b, b);
    write_text(rig, "cups-files.conf", 0644, text);
}

static void write_cupsd_conf(const struct rig_cups *rig)
{
    g_autofree char *text = g_strdup_printf(
        "Listen %s\nBrowsing Off\nWebInterface No\nDefaultAuthType None\nLogLevel debug\nMaxLogSize 0\n"
        "PreserveJobHistory Yes\nPreserveJobFiles Yes\nErrorPolicy retry-job\nJobRetryInterval 2\nDirtyCleanInterval "
        "0\n"
        "<Location />\nOrder Allow,Deny\nAllow all\n</Location>\n<Policy default>\nJobPrivateAccess all\n"
        "JobPrivateValues none\n<Limit All>\nOrder Allow,Deny\nAllow all\n</Limit>\n</Policy>\n",
        rig->server);
    write_text(rig, "cupsd.conf", 0644, text);
}

static bool start_cupsd(struct rig_cups *rig)
{
    g_autofree char *conf = path_in(rig, "cupsd.conf");
    g_autofree char *files = path_in(rig, "cups-files.conf");
    const char *const argv[] = {"cupsd", "-f", "-c", conf, "-s", files, NULL};
    write_cups_files(rig);
    write_cupsd_conf(rig);
    return start(rig, CUPSD, argv) && wait_for_socket(rig, CUPSD, "s");
}

static bool add_queue(struct rig_cups *rig)
{
    g_autofree char *uri = g_strdup_printf("ipp://localhost:%d/ipp/print", rig->port);
    return rig_cups_admin(rig, "lpadmin", "-p", "a3", "-E", "-v", uri, "-m", "everywhere", NULL);
}

/* ---------------------------------------------------------------- start, stop */

static void make_directories(const struct rig_cups *rig)
{
    static const char *const names[] = {"ppd", "ssl", "log", "spool", "spool/temp", "cache", "state", "printer", "out"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = path_in(rig, names[i]);
        if (g_mkdir(path, 0755) != 0)
            g_error("%s cannot be made", path);
    }
    g_autofree char *gate = path_in(rig, "gate");
    if (mkfifo(gate, 0600) != 0)
        g_error("%s cannot be made", gate);
}

struct rig_cups *rig_cups_start(void)
{
    struct rig_cups *rig = g_new0(struct rig_cups, 1);
    rig->directory = g_strdup("/tmp/rig.XXXXXX"); /* short: a socket's path has 107 bytes */
    if (!g_mkdtemp_full(rig->directory, 0755) || g_chmod(rig->directory, 0755) != 0)
        g_error("no temporary directory");
    rig->server = path_in(rig, "s");
    make_directories(rig);
    if (start_bus(rig) && start_printer(rig) && start_cupsd(rig) && add_queue(rig))
        return rig;
    fprintf(stderr, "rig: CUPS did not come up\n");
    rig_cups_stop(rig);
    return NULL;
}

static void remove_tree(const char *path)
{
    struct stat status;
    g_autoptr(GDir) directory = NULL;
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
        directory = g_dir_open(path, 0, NULL);
    for (const char *name; directory && (name = g_dir_read_name(directory)) != NULL;) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        remove_tree(child);
    }
    remove(path);
}

void rig_cups_stop(struct rig_cups *rig)
{
    if (!rig)
        return;
    rig_cups_trouble(rig, NULL);
    for (int which = PROCESSES - 1; which >= 0; which--)
        end(rig, which, SIGTERM);
    if (!g_getenv("RIG_KEEP"))
        remove_tree(rig->directory);
    g_free(rig->directory);
    g_free(rig->server);
    g_free(rig);
}

/* ---------------------------------------------------------------- knobs */

const char *rig_cups_directory(const struct rig_cups *rig)
{
    return rig->directory;
}

const char *rig_cups_server(const struct rig_cups *rig)
{
    return rig->server;
}

char *rig_cups_profile(const struct rig_cups *rig, const char *queue, const char *more)
{
    g_autofree char *text = g_strdup_printf(
        "kind = \"cups\";\nlabel = \"A3\";\nqueue = \"%s\";\nserver = \"%s\";\n%s\n", queue, rig->server, more);
    write_text(rig, "profile.conf", 0600, text);
    return path_in(rig, "profile.conf");
}

bool rig_cups_admin(const struct rig_cups *rig, ...)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    g_auto(GStrv) env = environment(rig, false);
    g_autofree char *errors = NULL;
    int status = -1;
    va_list arguments;
    va_start(arguments, rig);
    for (char *argument = ""; argument;)
        g_ptr_array_add(argv, argument = va_arg(arguments, char *));
    va_end(arguments);
    const GSpawnFlags flags = G_SPAWN_SEARCH_PATH_FROM_ENVP | G_SPAWN_STDOUT_TO_DEV_NULL;
    bool ok = g_spawn_sync(NULL, (char **)argv->pdata, env, flags, in_child, NULL, NULL, &errors, &status, NULL) &&
              status == 0;
    if (!ok)
        fprintf(stderr, "rig: %s: %s\n", (const char *)argv->pdata[0], errors ? errors : "not started");
    return ok;
}

void rig_cups_printer_off(struct rig_cups *rig)
{
    end(rig, PRINTER_PROCESS, SIGKILL);
}

bool rig_cups_trays(const struct rig_cups *rig, const char *form)
{
    struct sockaddr_in address = loopback(rig->port);
    g_autofree char *request =
        g_strdup_printf("GET /media?%s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n", form, rig->port);
    char answer[512] = "";
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    bool ok = connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
              write(fd, request, strlen(request)) == (ssize_t)strlen(request) &&
              read(fd, answer, sizeof(answer) - 1) > 0;
    close(fd);
    return ok && g_str_has_prefix(answer, "HTTP/1.1 200");
}

void rig_cups_freeze(const struct rig_cups *rig, bool frozen)
{
    kill(rig->processes[CUPSD], frozen ? SIGSTOP : SIGCONT);
}

/* The print command waits at the gate until someone writes into it; nobody may be waiting. */
static void open_gate(const struct rig_cups *rig)
{
    g_autofree char *gate = path_in(rig, "gate");
    int fd = open(gate, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (write(fd, "go\n", 3) != 3)
        g_warning("the printer does not go on");
    close(fd);
}

void rig_cups_trouble(struct rig_cups *rig, const char *keyword)
{
    g_autofree char *path = path_in(rig, "trouble");
    if (keyword) {
        write_text(rig, "trouble", 0644, keyword);
        return;
    }
    g_unlink(path);
    open_gate(rig);
}

void rig_cups_abort(const struct rig_cups *rig, bool abort)
{
    g_autofree char *path = path_in(rig, "abort");
    if (abort)
        write_text(rig, "abort", 0644, "");
    else
        g_unlink(path);
}

/* ---------------------------------------------------------------- what came out */

int rig_cups_documents(const struct rig_cups *rig)
{
    g_autofree char *out = path_in(rig, "out");
    g_autoptr(GDir) directory = g_dir_open(out, 0, NULL);
    int n = 0;
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;)
        n += g_str_has_suffix(name, ".pdf");
    return n;
}

bool rig_cups_wait_documents(const struct rig_cups *rig, int n)
{
    for (gint64 until = deadline(); rig_cups_documents(rig) < n; glance())
        if (g_get_monotonic_time() > until)
            return false;
    return true;
}

char *rig_cups_document(const struct rig_cups *rig, int n)
{
    return g_strdup_printf("%s/out/%d.pdf", rig->directory, n);
}

char *rig_cups_attributes(const struct rig_cups *rig, int n)
{
    g_autofree char *path = g_strdup_printf("%s/out/%d.env", rig->directory, n);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}
