/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make bench: how fast `platformd --import` takes in the tables of a province, the first time and again with news in them. */
#include <stdio.h>
#include <string.h>

#include "crowd.h"
#include "desk.h"
#include "proc.h"
#include "rig.h"
#include "samples.h"

#define CANDIDATES 100000
#define ROWS       (CANDIDATES * (1 + CROWD_RESULTS))
#define WAIT_MS    300000

/* Seconds until it serves. */
static double serve_once(const char *data, const char *tables, int64_t *ret_peak_kib)
{
    g_autofree char *program = rig_program("platformd");
    const char *argv[] = {program,   "--listen", "127.0.0.1:0", "--data", data,
                          "--clock", DESK_CLOCK, "--import",    tables,   NULL};
    gint64 begin = g_get_monotonic_time();
    struct proc *proc = proc_start(argv, NULL, NULL);
    g_autofree char *line = proc_wait_line(proc, WAIT_MS);
    double took = (double)(g_get_monotonic_time() - begin) / 1e6;
    *ret_peak_kib = proc_status_kib(proc_pid(proc), "VmHWM");
    (void)proc_stop(proc);
    return line ? took : -1;
}

static void print_one(const char *what, const char *unit, double value, const char *target)
{
    struct samples one;
    samples_init(&one);
    if (value > 0)
        samples_add(&one, value);
    samples_print_row(what, unit, 0, &one, target);
    samples_clear(&one);
}

/* One more batch: the tables are news, every row comes again. */
static void add_news(const char *tables)
{
    g_autofree char *path = g_build_filename(tables, "plans.tsv", NULL);
    FILE *file = fopen(path, "ae");
    if (file) {
        (void)fprintf(file, "690207\tnew\t汉语言文学\t专科\t山西大学\t70\t15\t0\t0\n");
        (void)fclose(file);
    }
}

int main(void)
{
    char *data = desk_folder_new(), *tables = desk_folder_new();
    int64_t peak_kib = 0;
    crowd_write(tables, CANDIDATES);
    double first = serve_once(data, tables, &peak_kib);
    print_one("import: 100,000 candidates × 20 results", "rows/s", ROWS / first, "≥ 50000");
    print_one("import: most memory", "MiB", (double)peak_kib / 1024, "");
    add_news(tables);
    print_one("import: all of it again, by key", "rows/s", ROWS / serve_once(data, tables, &peak_kib), "");
    print_one("import: the same tables at the next start", "ms", 1000 * serve_once(data, tables, &peak_kib), "");
    desk_folder_free(data);
    desk_folder_free(tables);
    return 0;
}
